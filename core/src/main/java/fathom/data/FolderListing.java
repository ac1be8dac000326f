package fathom.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The pictures of a folder of images, before any is read.
 *
 * @param name the folder's own
 * @param classes in the order of their names
 * @param training what lies in {@code train}, or everything if there is no such folder
 * @param test what lies in {@code test}; empty if there is no such folder
 */
record FolderListing(String name, List<String> classes, List<Entry> training, List<Entry> test) {
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg");
    private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini");

    /**
     * One picture.
     *
     * @param name its path from the root, with slashes
     */
    record Entry(Path path, String name, int label) {}

    /** @throws DataException if the folder is not made of classes with pictures in them */
    static FolderListing of(Path root) {
        Path train = root.resolve("train");
        Path test = root.resolve("test");
        if (Files.isDirectory(test) && !Files.isDirectory(train)) {
            throw new DataException("%s holds a folder test but no folder train".formatted(root));
        }
        Path trained = Files.isDirectory(train) ? train : root;
        var classes = classes(trained);
        var name = root.toAbsolutePath().normalize().getFileName();
        return new FolderListing(
                name == null ? "images" : name.toString(),
                classes,
                entries(root, trained, classes),
                Files.isDirectory(test) ? tested(root, test, classes) : List.of());
    }

    private static List<String> classes(Path folder) {
        var classes = list(folder, Files::isDirectory).stream()
                .map(FolderListing::nameOf)
                .toList();
        if (classes.size() < 2) {
            throw new DataException(
                    "%s should hold at least two folders, one for each class, with pictures in them; it holds %s"
                            .formatted(folder, classes.isEmpty() ? "none" : "only " + classes.getFirst()));
        }
        return classes;
    }

    private static List<Entry> tested(Path root, Path test, List<String> classes) {
        for (String name : classes(test)) {
            if (!classes.contains(name)) {
                throw new DataException("%s holds the class %s, which is not among those to train on: %s"
                        .formatted(test, name, String.join(", ", classes)));
            }
        }
        return entries(root, test, classes);
    }

    private static List<Entry> entries(Path root, Path folder, List<String> classes) {
        var entries = new ArrayList<Entry>();
        for (int label = 0; label < classes.size(); label++) {
            Path of = folder.resolve(classes.get(label));
            if (Files.isDirectory(of)) {
                entries.addAll(ofClass(root, of, label));
            }
        }
        return List.copyOf(entries);
    }

    private static List<Entry> ofClass(Path root, Path folder, int label) {
        var entries = new ArrayList<Entry>();
        for (Path file : list(folder, _ -> true)) {
            if (!isPicture(file)) {
                throw new DataException(
                        "%s is no PNG or JPEG file: take it out of the folder of its class".formatted(file));
            }
            String name = root.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), "/");
            entries.add(new Entry(file, name, label));
        }
        if (entries.isEmpty()) {
            throw new DataException("%s holds no PNG or JPEG file".formatted(folder));
        }
        return entries;
    }

    private static boolean isPicture(Path file) {
        String name = nameOf(file).toLowerCase(Locale.ROOT);
        return PICTURES.contains(name.substring(name.lastIndexOf('.') + 1)) && !Files.isDirectory(file);
    }

    /** What a folder holds, sorted by name, but for hidden files and what file browsers leave behind. */
    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !nameOf(file).startsWith("."))
                    .filter(file -> !LITTER.contains(nameOf(file).toLowerCase(Locale.ROOT)))
                    .filter(wanted)
                    .sorted((a, b) -> nameOf(a).compareTo(nameOf(b)))
                    .toList();
        } catch (IOException e) {
            throw FileBytes.unreadable(folder, e);
        }
    }

    private static String nameOf(Path file) {
        var name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
