package fathom.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One file on its way: it grows in {@code NAME.part}, is checked, made durable and moved into place. */
final class Download {
    private static final int BUFFER = 1 << 16;

    private final HttpClient client;
    private final Duration patience;
    private final Fetch.Progress progress;
    private final URI from;
    private final KnownFile file;
    private final Path target;
    private final Path part;

    Download(HttpClient client, Duration patience, Fetch.Progress progress, URI from, KnownFile file, Path target) {
        this.client = client;
        this.patience = patience;
        this.progress = progress;
        this.from = from;
        this.file = file;
        this.target = target;
        this.part = target.resolveSibling(file.name() + ".part");
    }

    /** @throws DataException if the file does not arrive whole; what has come is kept unless it is wrong */
    void run() {
        try {
            fill();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            makeDurable(target);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new DataException(
                    "%s cannot be reached: is this machine online? Files got in another way go into %s"
                            .formatted(from, target.getParent()),
                    e);
        } catch (IOException e) {
            throw new DataException(
                    "%s could not be fetched: %s. What has come is kept: fetch again to go on from there"
                            .formatted(from, e.getMessage()),
                    e);
        }
    }

    private void fill() throws IOException {
        try (var channel = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw new DataException("%s is being fetched by another process".formatted(part));
            }
            boolean isAnew = channel.size() == 0;
            String got = attempt(channel);
            if (!got.equals(file.sha256()) && !isAnew) {
                channel.truncate(0);
                got = attempt(channel);
            }
            if (!got.equals(file.sha256())) {
                channel.truncate(0);
                throw new DataException("%s is not the file that is known: expected SHA-256 %s, got %s"
                        .formatted(from, file.sha256(), got));
            }
            channel.force(true);
        } catch (OverlappingFileLockException e) {
            throw new DataException("%s is being fetched already".formatted(part), e);
        }
    }

    /** Gets what is missing and tells the checksum of what then is there. */
    private String attempt(FileChannel channel) throws IOException {
        if (channel.size() < file.bytes()) {
            transfer(channel);
        }
        return sha256(channel);
    }

    private void transfer(FileChannel channel) throws IOException {
        long have = channel.size();
        var response = send(have);
        try (var body = response.body()) {
            boolean isRest = response.statusCode() == 206 && isFrom(have, response);
            if (!isRest && response.statusCode() != 206 && response.statusCode() != 416) {
                requireFile(response);
            }
            if (!isRest) {
                channel.truncate(0);
            }
            if (isRest || response.statusCode() == 200) {
                copy(body, channel.position(channel.size()));
            }
        }
    }

    private HttpResponse<InputStream> send(long have) throws IOException {
        var request = HttpRequest.newBuilder(from).header("Accept-Encoding", "identity");
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        var answer = client.sendAsync(request.build(), BodyHandlers.ofInputStream());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static boolean isFrom(long have, HttpResponse<?> response) {
        return response.headers()
                .firstValue("Content-Range")
                .filter(range -> range.startsWith("bytes " + have + "-"))
                .isPresent();
    }

    private void requireFile(HttpResponse<?> response) {
        if (response.statusCode() != 200) {
            throw new DataException("%s is not to be had: the server answered %d%s"
                    .formatted(
                            from,
                            response.statusCode(),
                            response.headers()
                                    .firstValue("Location")
                                    .map(place -> " and points to " + place)
                                    .orElse("")));
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(file.bytes());
        if (length != file.bytes()) {
            throw new DataException("%s is not the file that is known: expected %,d bytes, the server offers %,d"
                    .formatted(from, file.bytes(), length));
        }
    }

    private void copy(InputStream body, FileChannel channel) throws IOException {
        try (var watch = new Watch(body, patience)) {
            try {
                copy(body, channel, watch);
            } catch (IOException e) {
                throw watch.hasFired() ? silence(e) : e;
            }
            if (channel.position() < file.bytes()) {
                var shortage = new IOException(
                        "the connection ended after %,d of %,d bytes".formatted(channel.position(), file.bytes()));
                throw watch.hasFired() ? silence(shortage) : shortage;
            }
        }
    }

    private IOException silence(IOException e) {
        return new IOException("nothing came for " + patience.toMillis() + " ms", e);
    }

    private void copy(InputStream body, FileChannel channel, Watch watch) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (channel.position() + count > file.bytes()) {
                channel.truncate(0);
                throw new DataException("%s is not the file that is known: more than the %,d bytes expected come"
                        .formatted(from, file.bytes()));
            }
            for (var bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
            watch.alive();
            progress.at(file.name(), channel.position(), file.bytes());
        }
    }

    private static String sha256(FileChannel channel) throws IOException {
        var digest = FileBytes.digest();
        var buffer = ByteBuffer.allocate(BUFFER);
        channel.position(0);
        while (channel.read(buffer) >= 0) {
            digest.update(buffer.flip());
            buffer.clear();
        }
        return FileBytes.hex(digest.digest());
    }

    private static void makeDurable(Path target) {
        try (var folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            return; // some systems cannot open a folder; the file itself is durable
        }
    }
}
