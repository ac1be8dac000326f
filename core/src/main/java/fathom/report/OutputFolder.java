package fathom.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Where a report goes. A file that is there is replaced in one move. */
public final class OutputFolder {
    private final Path folder;

    OutputFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Path page(String name, String html) throws IOException {
        return write(folder.resolve(name), html.getBytes(StandardCharsets.UTF_8));
    }

    void figures(Figures figures) throws IOException {
        Path into = Files.createDirectories(folder.resolve("figures"));
        for (Map.Entry<String, byte[]> file : figures.files().entrySet()) {
            write(into.resolve(file.getKey()), file.getValue());
        }
    }

    /** A copy of a file, unless it lies there already. */
    void copy(Path file) throws IOException {
        Path target = folder.resolve(file.getFileName());
        if (!Files.exists(target) || !Files.isSameFile(file, target)) {
            write(target, Files.readAllBytes(file));
        }
    }

    /**
     * Writes a file beside its place and moves it there; when that fails, what was there before is still there and nothing
     * else is.
     *
     * @throws IOException naming the file, if it cannot be written
     */
    public static Path write(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.write(beside, content);
            return Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            throw e; // names the file
        } catch (IOException e) {
            throw new IOException("cannot write %s: %s".formatted(file, e.getMessage()), e);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
