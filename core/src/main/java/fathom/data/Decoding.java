package fathom.data;

import fathom.model.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes the members of an archive of faces while it is read: some hundred at a time, by all processors, then handed on in
 * their order. A member that cannot be decoded is noted and left out.
 */
final class Decoding {
    /** Takes pictures, one after the other. */
    interface Sink {
        /** @param shape the same for all */
        void add(Shape shape, byte[] picture) throws IOException;
    }

    private static final int AT_ONCE = 256;

    /** The most bytes that wait to be decoded. */
    private static final long MOST_WAITING = 64L << 20;

    /** A picture larger than this is none of a face set. */
    private static final int LARGEST_SIDE = 1024;

    private record Decoded(String name, String sha256, Optional<Bitmap> bitmap, String problem) {}

    private final Data data;
    private final Sink sink;
    private final List<Tar.Member> waiting = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private Optional<Shape> shape = Optional.empty();
    private long bytesWaiting;

    private Decoding(Data data, Sink sink) {
        this.data = data;
        this.sink = sink;
    }

    /**
     * Decodes everything.
     *
     * @throws DataException if the files cannot be read, or no picture is in them
     * @throws UncheckedIOException if the sink cannot take a picture
     */
    static Prepared.Contents run(FaceFiles files, Data data, Sink sink) {
        var decoding = new Decoding(data, sink);
        files.read(decoding::take);
        decoding.work();
        return decoding.contents(files);
    }

    private void take(Tar.Member member) {
        waiting.add(member);
        bytesWaiting += member.bytes().length;
        if (waiting.size() == AT_ONCE || bytesWaiting > MOST_WAITING) {
            work();
        }
    }

    private void work() {
        waiting.parallelStream().map(this::decode).toList().forEach(this::add);
        waiting.clear();
        bytesWaiting = 0;
    }

    private Decoded decode(Tar.Member member) {
        String sha256 = FileBytes.sha256(member.bytes());
        if (member.problem().isPresent()) {
            return new Decoded(
                    member.name(), sha256, Optional.empty(), member.problem().get());
        }
        try {
            var picture = ImageFile.decode(member.name(), member.bytes()).withChannels(3);
            if (Math.max(picture.shape().size(1), picture.shape().size(2)) > LARGEST_SIDE) {
                throw new DataException("%s has more than %d pixels a side".formatted(member.name(), LARGEST_SIDE));
            }
            return new Decoded(member.name(), sha256, Optional.of(picture.fitted(member.name(), data)), "");
        } catch (DataException e) {
            return new Decoded(member.name(), sha256, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private void add(Decoded decoded) {
        if (!seen.add(decoded.name())) {
            damaged.add(decoded.name() + ": it is there twice");
            return;
        }
        lines.add(FileBytes.line(decoded.sha256(), decoded.name()));
        if (decoded.bitmap().isEmpty()) {
            String reason = decoded.problem();
            damaged.add(reason.startsWith(decoded.name()) ? reason : decoded.name() + ": " + reason);
            return;
        }
        var bitmap = decoded.bitmap().get();
        Shape wanted = shape.orElse(bitmap.shape());
        if (!bitmap.shape().equals(wanted)) {
            damaged.add("%s is %s where the first is %s: set data.size to bring all to one size"
                    .formatted(decoded.name(), bitmap.shape(), wanted));
            return;
        }
        shape = Optional.of(wanted);
        names.add(decoded.name());
        try {
            sink.add(wanted, bitmap.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Prepared.Contents contents(FaceFiles files) {
        if (shape.isEmpty()) {
            throw new DataException("%s holds no picture of a face%s"
                    .formatted(files.path(), damaged.isEmpty() ? "" : "; the first file in it: " + damaged.getFirst()));
        }
        return new Prepared.Contents(shape.get(), names, damaged, digest(lines));
    }

    private static String digest(List<String> lines) {
        var digest = FileBytes.digest();
        lines.stream()
                .sorted((a, b) -> a.substring(66).compareTo(b.substring(66)))
                .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return FileBytes.hex(digest.digest());
    }
}
