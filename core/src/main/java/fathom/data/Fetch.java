package fathom.data;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Gets the files of public data sets from where they are published. Nothing else in the library opens a connection, and
 * this only when called.
 */
public final class Fetch {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Hears how far a file is. */
    public interface Progress {
        /**
         * @param done bytes that are there
         * @param total bytes there will be
         */
        void at(String file, long done, long total);
    }

    private final Progress progress;
    private final Duration patience;

    public Fetch(Progress progress) {
        this(progress, PATIENCE);
    }

    /** @param patience how long a server may send nothing */
    Fetch(Progress progress, Duration patience) {
        this.progress = progress;
        this.patience = patience;
    }

    /**
     * Gets every file that is not there whole already. A file is put in its place only once its checksum is right; what
     * an interrupted fetch has got is kept beside it, and the next one goes on from there.
     *
     * @return the folder in the cache folder where the files now lie
     * @throws DataException if the server cannot be reached, sends something else, or the files cannot be written
     */
    public Path fetch(PublicSet set, DataPlaces places) {
        Path folder = places.cache().resolve(set.name());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DataException("%s cannot be made: %s".formatted(folder, e), e);
        }
        var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience)
                .proxy(ProxySelector.getDefault())
                .build();
        try {
            for (KnownFile file : set.files()) {
                Path target = folder.resolve(file.name());
                if (isWhole(target, file)) {
                    progress.at(file.name(), file.bytes(), file.bytes());
                } else {
                    new Download(client, patience, progress, set.base().resolve(file.name()), file, target).run();
                }
            }
        } finally {
            client.shutdownNow();
        }
        return folder;
    }

    private static boolean isWhole(Path target, KnownFile file) {
        try {
            return Files.isRegularFile(target)
                    && Files.size(target) == file.bytes()
                    && FileBytes.sha256(target).equals(file.sha256());
        } catch (IOException e) {
            throw FileBytes.unreadable(target, e);
        }
    }
}
