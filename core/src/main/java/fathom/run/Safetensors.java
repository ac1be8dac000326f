package fathom.run;

import fathom.config.Json;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files of named float arrays in the <a href="https://github.com/huggingface/safetensors">safetensors</a> format: eight bytes
 * with the length of a JSON header (little-endian), the header, then the arrays, little-endian, one after the other.
 *
 * <p>Every file written here is sealed: the first entry of the header's {@code __metadata__} is {@code sha256}, the SHA-256 of
 * the whole file with those 64 digits as zeros. So a changed bit anywhere is found on reading.
 */
public final class Safetensors {
    static final String SEAL = "{\"__metadata__\":{\"sha256\":\"";
    static final String UNSEALED = "0".repeat(64);

    private static final int LARGEST_HEADER = 16 << 20;
    private static final int CHUNK = 1 << 16;

    /** What a file holds: text about it, and arrays in the order of the file. */
    public record Content(SequencedMap<String, String> metadata, List<NamedArray> arrays) {}

    private Safetensors() {}

    /** Writes a sealed file piece by piece; {@code metadata} must not hold {@code sha256} itself. */
    static void write(DurableFile.Sink sink, Content content) throws IOException {
        byte[] header = header(content, UNSEALED);
        MessageDigest digest = DurableFile.sha256();
        writeParts(digest::update, header, content.arrays());
        byte[] sealed = header(content, DurableFile.hex(digest.digest()));
        writeParts(sink, sealed, content.arrays());
    }

    private static void writeParts(DurableFile.Sink sink, byte[] header, List<NamedArray> arrays) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        sink.write(start.putLong(header.length).put(header).flip());
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (NamedArray array : arrays) {
            float[] values = array.values();
            for (int from = 0; from < values.length; from += CHUNK / 4) {
                int count = Math.min(CHUNK / 4, values.length - from);
                buffer.clear().asFloatBuffer().put(values, from, count);
                sink.write(buffer.limit(4 * count));
            }
        }
    }

    private static byte[] header(Content content, String seal) {
        var text = new StringBuilder(SEAL).append(seal).append('"');
        content.metadata()
                .forEach((key, value) ->
                        text.append(',').append(Json.quoted(key)).append(':').append(Json.quoted(value)));
        text.append('}');
        long offset = 0;
        for (NamedArray array : content.arrays()) {
            long end = offset + 4L * array.values().length;
            text.append(',')
                    .append(Json.quoted(array.name()))
                    .append(":{\"dtype\":\"F32\",\"shape\":[")
                    .append(array.sizes().stream().map(String::valueOf).collect(Collectors.joining(",")))
                    .append("],\"data_offsets\":[")
                    .append(offset) // in plain digits, whatever the user's locale has
                    .append(',')
                    .append(end)
                    .append("]}");
            offset = end;
        }
        text.append('}');
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (bytes.length + 7) / 8 * 8; // arrays begin at a multiple of 8 bytes
        byte[] header = Arrays.copyOf(bytes, padded);
        Arrays.fill(header, bytes.length, padded, (byte) ' ');
        return header;
    }

    /**
     * Reads a sealed file. The header is checked in full before anything of its size is allocated.
     *
     * @throws CheckpointException if the file is missing, is not of this format, or is not what was written
     */
    public static Content read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), CHUNK)) {
            long length = Files.size(file);
            return read(file, new DataInputStream(in), length);
        } catch (EOFException e) {
            throw damaged(file, "it ends too early", e);
        } catch (IOException e) {
            throw damaged(file, "it cannot be read: " + e, e);
        }
    }

    private static Content read(Path file, DataInputStream in, long length) throws IOException {
        if (length < 8) {
            throw damaged(file, "it is %d bytes long, which is too short".formatted(length), null);
        }
        long headerLength = Long.reverseBytes(in.readLong());
        if (headerLength < 2 || headerLength > LARGEST_HEADER || headerLength > length - 8) {
            throw damaged(file, "its header would be %d bytes long".formatted(headerLength), null);
        }
        byte[] bytes = new byte[(int) headerLength];
        in.readFully(bytes);
        SafetensorsHeader header = SafetensorsHeader.parse(file, bytes, length - 8 - headerLength);
        MessageDigest digest = DurableFile.sha256();
        digest.update(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .flip());
        digest.update(unsealed(bytes));
        var arrays = new ArrayList<NamedArray>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            arrays.add(new NamedArray(entry.name(), entry.sizes(), floats(in, entry.count(), digest)));
        }
        if (in.read() != -1) {
            throw damaged(file, "it grew while it was read", null);
        }
        if (!DurableFile.hex(digest.digest()).equals(header.seal())) {
            throw damaged(file, "its contents do not match its SHA-256", null);
        }
        return new Content(header.metadata(), List.copyOf(arrays));
    }

    private static byte[] unsealed(byte[] header) {
        byte[] copy = header.clone();
        Arrays.fill(copy, SEAL.length(), SEAL.length() + UNSEALED.length(), (byte) '0');
        return copy;
    }

    private static float[] floats(InputStream in, int count, MessageDigest digest) throws IOException {
        var values = new float[count];
        var bytes = new byte[CHUNK];
        for (int from = 0; from < count; from += CHUNK / 4) {
            int now = Math.min(CHUNK / 4, count - from);
            if (in.readNBytes(bytes, 0, 4 * now) < 4 * now) {
                throw new EOFException();
            }
            digest.update(bytes, 0, 4 * now);
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values, from, now);
        }
        return values;
    }

    static CheckpointException damaged(Path file, String reason, @Nullable Throwable cause) {
        return new CheckpointException(file + " is damaged: " + reason, cause);
    }
}
