package fathom.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of Labeled Faces in the Wild: its archive, aligned by deep funneling or not, or one of these unpacked. It goes
 * about in several packings, so it is known by what is in it. Tables of attributes may lie beside it.
 */
public final class LfwFiles implements StoredSet {
    static final String NAME = "lfw";
    static final String LABELS = "labels.tsv";
    static final String ATTRIBUTES = "attributes73.tsv";
    private static final String HOME = "http://vis-www.cs.umass.edu/lfw/";
    private static final String ALIGNED = "lfw-deepfunneled";

    /** In the order in which they are preferred. */
    private static final List<String> FORMS = List.of(ALIGNED + ".tgz", "lfw.tgz", ALIGNED, "lfw");

    /** Of what {@code sha256sum} prints for the 13,233 pictures of the aligned set in the order of their names. */
    private static final String ALIGNED_CONTENTS = "d74b84a8b052eb400a6d69dcce66460240bf4cd659d924c13bc90ce1fced9bce";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Path> find(DataPlaces places) {
        return places.folders().stream()
                .map(place -> place.resolve(NAME))
                .filter(folder -> pictures(folder).isPresent())
                .findFirst();
    }

    /** The archive or folder of pictures in the set's folder. */
    static Optional<FaceFiles> pictures(Path folder) {
        return FORMS.stream()
                .map(folder::resolve)
                .filter(path -> path.toString().endsWith(".tgz") == Files.isRegularFile(path) && Files.exists(path))
                .findFirst()
                .map(FaceFiles::new);
    }

    @Override
    public List<FileCheck> verify(DataPlaces places) {
        var found = find(places);
        if (found.isEmpty()) {
            Path expected = places.cache().resolve(NAME).resolve(FORMS.getFirst());
            return List.of(new FileCheck(expected, FileCheck.State.MISSING, "", "", remedy(places)));
        }
        var checks = new ArrayList<FileCheck>();
        checks.add(check(pictures(found.get()).orElseThrow()));
        for (String table : List.of(LABELS, ATTRIBUTES)) {
            Path file = found.get().resolve(table);
            if (Files.exists(file)) {
                checks.add(checkTable(file));
            }
        }
        return checks;
    }

    /** The unaligned pictures have no checksum to compare with; they pass if all can be decoded. */
    private static FileCheck check(FaceFiles files) {
        boolean aligned = files.path().getFileName().toString().startsWith(ALIGNED);
        String expected = aligned ? ALIGNED_CONTENTS : "";
        try {
            var contents = Decoding.run(files, Data.of(NAME), (_, _) -> {});
            String reason =
                    contents.damaged().isEmpty() ? "its pictures are not the published ones" : told(contents.damaged());
            boolean whole = aligned
                    ? contents.sha256().equals(expected)
                    : contents.damaged().isEmpty();
            return new FileCheck(
                    files.path(),
                    whole ? FileCheck.State.PRESENT : FileCheck.State.DAMAGED,
                    expected,
                    contents.sha256(),
                    whole ? "" : reason);
        } catch (DataException e) {
            return new FileCheck(files.path(), FileCheck.State.DAMAGED, expected, "", String.valueOf(e.getMessage()));
        }
    }

    /** How many members are damaged, and which are the first. */
    private static String told(List<String> damaged) {
        String first = String.join("; ", damaged.subList(0, Math.min(5, damaged.size())));
        return "%,d could not be read: %s%s".formatted(damaged.size(), first, damaged.size() > 5 ? "; …" : "");
    }

    private static FileCheck checkTable(Path file) {
        try {
            AttributeTable.read(file);
            return new FileCheck(file, FileCheck.State.PRESENT, "", FileBytes.sha256(file), "");
        } catch (DataException e) {
            return new FileCheck(file, FileCheck.State.DAMAGED, "", "", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String remedy(DataPlaces places) {
        return "it is not fetched: get %s from %s and put it into %s"
                .formatted(FORMS.getFirst(), HOME, places.cache().resolve(NAME));
    }

    DataException notFound(DataPlaces places) {
        String looked = places.folders().stream()
                .map(place -> "  " + place.resolve(NAME))
                .collect(Collectors.joining("\n"));
        return new DataException("""
                the data set %s was not found; looked for %s in
                %s
                %s""".formatted(NAME, String.join(", ", FORMS), looked, remedy(places)));
    }
}
