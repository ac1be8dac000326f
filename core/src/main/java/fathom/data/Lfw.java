package fathom.data;

import fathom.model.Shape;
import fathom.random.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Labeled Faces in the Wild (Huang et al., UMass technical report 07-49, 2007): 13,233 photographs of 5,749 people, 250×250
 * pixels of three colours. Classes are the genders told by the tables beside the archive. The set's own splits are for
 * verifying faces, so here a tenth of the people is held back to test with, and no person stands in two splits.
 */
public final class Lfw {
    /** How many pictures the whole set has. */
    private static final int PICTURES = 13_233;

    private static final double TESTED = 0.1;
    private static final List<String> GENDERS = List.of("female", "male");
    private static final String UNKNOWN = "unknown";
    private static final Map<String, Float> YES_OR_NO = Map.of("0", 0f, "1", 1f);
    private static final Map<String, Float> GENDER_NUMBERS = Map.of("female", 0f, "male", 1f);

    private Lfw() {}

    /** Its files. */
    public static StoredSet files() {
        return new LfwFiles();
    }

    /**
     * The set as {@code data} wants it. Pictures are decoded once for each crop and size, and kept in a file of the user's
     * cache folder (2.0 GB for all at 224×224); where it cannot be written they are held in memory.
     *
     * @throws DataException if it is missing, damaged as a whole, or needs more memory than there is
     */
    public static Dataset open(Data data, DataPlaces places) {
        var set = new LfwFiles();
        Path folder = set.find(places).orElseThrow(() -> set.notFound(places));
        var prepared = prepared(LfwFiles.pictures(folder).orElseThrow(), data, places);
        var names = prepared.contents().names();
        var labels = table(folder.resolve(LfwFiles.LABELS), names);
        var scores = table(folder.resolve(LfwFiles.ATTRIBUTES), names);
        int[] genders = genders(names, labels, scores);
        boolean unknown = IntStream.of(genders).anyMatch(gender -> gender == GENDERS.size());
        var classes = unknown ? List.of("female", "male", UNKNOWN) : GENDERS;
        var album = new Album(prepared.contents().shape(), genders, prepared.pictures())
                .with(new Attributes(names.stream().map(Lfw::title).toList(), columns(names, labels, scores)));
        return split(new About(LfwFiles.NAME, classes, provenance(prepared.contents(), folder)), album, names, data);
    }

    private static Prepared prepared(FaceFiles files, Data data, DataPlaces places) {
        String way = "crop%d-size%d-%s".formatted(data.crop(), data.size(), data.fit());
        var file = new PreparedFile(
                places.cache().resolve("prepared").resolve("lfw-" + way + ".pictures"),
                files.fingerprint() + " " + way);
        try {
            return file.open(sink -> Decoding.run(files, data, sink));
        } catch (IOException e) {
            return inMemory(files, data, e);
        }
    }

    private static Prepared inMemory(FaceFiles files, Data data, IOException unwritable) {
        var pictures = new ArrayList<byte[]>();
        var contents = Decoding.run(files, data, (shape, picture) -> {
            requireMemory(files, shape, pictures.size(), Runtime.getRuntime().maxMemory(), unwritable);
            pictures.add(picture);
        });
        return new Prepared(contents, pictures::get);
    }

    /** A fifth of the memory is left to others. */
    static void requireMemory(FaceFiles files, Shape shape, int count, long available, IOException unwritable) {
        long needed = (long) Math.max(PICTURES, count) * shape.count();
        if (needed > available / 5 * 4) {
            throw new DataException(
                    """
                    %s: its pictures need %,d bytes as %s, Java may use %,d; they could not be kept in a file (%s)
                    Set a smaller data.size, make the cache folder writable, or give Java more memory: FATHOM_JAVA_OPTS=-Xmx%dg""".formatted(files.path(), needed, shape, available, unwritable, needed / 4 * 5 / (1 << 30) + 1));
        }
    }

    /** A table beside the archive, if there is one. */
    private static Optional<AttributeTable> table(Path file, List<String> names) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var table = AttributeTable.read(file);
        if (names.stream().noneMatch(table::has)) {
            throw new DataException("%s names none of the %,d pictures beside it".formatted(file, names.size()));
        }
        return Optional.of(table);
    }

    private static List<AttributeColumn> columns(
            List<String> names, Optional<AttributeTable> labels, Optional<AttributeTable> scores) {
        var told = labels.stream()
                .flatMap(table -> Stream.of(
                        new AttributeColumn("gender", true, table.numbers(names, "gender", GENDER_NUMBERS)),
                        new AttributeColumn("age_estimate", false, table.numbers(names, "age_estimate", Map.of()))));
        var scored = scores.stream()
                .flatMap(table -> table.names().stream()
                        .map(name -> new AttributeColumn(name, true, table.numbers(names, name, YES_OR_NO))));
        return Stream.concat(told, scored).toList();
    }

    /** As told of the picture, else of another of the same person, else by the score; else the class after the last. */
    private static int[] genders(List<String> names, Optional<AttributeTable> labels, Optional<AttributeTable> scores) {
        var ofPeople = new LinkedHashMap<String, Integer>();
        for (String name : names) {
            told(name, labels).ifPresent(gender -> ofPeople.putIfAbsent(person(name), gender));
        }
        return names.stream()
                .mapToInt(name -> told(name, labels)
                        .or(() -> Optional.ofNullable(ofPeople.get(person(name))))
                        .or(() -> scores.filter(table -> table.names().contains("Male"))
                                .flatMap(table -> table.text(name, "Male"))
                                .filter(male -> !male.isEmpty())
                                .map(male -> male.equals("1") ? 1 : 0))
                        .orElse(GENDERS.size()))
                .toArray();
    }

    private static Optional<Integer> told(String name, Optional<AttributeTable> labels) {
        return labels.flatMap(table -> table.text(name, "gender"))
                .map(GENDERS::indexOf)
                .filter(index -> index >= 0);
    }

    private static Dataset split(About about, Album album, List<String> names, Data data) {
        int[] order = IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparing(names::get))
                .mapToInt(Integer::intValue)
                .toArray();
        var people = List.copyOf(new TreeSet<>(names.stream().map(Lfw::person).toList()));
        int[] drawn = Draws.of(data.splitSeed(), "people", 0).permutation(people.size());
        int tested = people.size() == 1 ? 0 : (int) Math.ceil(TESTED * people.size());
        int held = PictureSet.held(people.size() - tested, data);
        var test = new HashSet<String>();
        var validation = new HashSet<String>();
        IntStream.range(0, tested).forEach(i -> test.add(people.get(drawn[i])));
        IntStream.range(tested, tested + held).forEach(i -> validation.add(people.get(drawn[i])));
        int[] train = IntStream.of(order)
                .filter(i -> !test.contains(person(names.get(i))) && !validation.contains(person(names.get(i))))
                .toArray();
        int[] mixed = Draws.of(data.splitSeed(), "split", 0).permutation(train.length);
        return PictureSet.of(
                about,
                album,
                IntStream.of(mixed).map(i -> train[i]).toArray(),
                of(validation, order, names),
                of(test, order, names),
                data);
    }

    private static int[] of(Set<String> people, int[] order, List<String> names) {
        return IntStream.of(order)
                .filter(i -> people.contains(person(names.get(i))))
                .toArray();
    }

    private static SequencedMap<String, String> provenance(Prepared.Contents contents, Path folder) {
        var provenance = new LinkedHashMap<String, String>();
        provenance.put("pictures", Integer.toString(contents.names().size()));
        provenance.put("sha256 of names and contents", contents.sha256());
        if (!contents.damaged().isEmpty()) {
            provenance.put("damaged", Integer.toString(contents.damaged().size()));
        }
        for (String table : List.of(LfwFiles.LABELS, LfwFiles.ATTRIBUTES)) {
            if (Files.exists(folder.resolve(table))) {
                provenance.put(LfwFiles.NAME + "/" + table, FileBytes.sha256(folder.resolve(table)));
            }
        }
        return provenance;
    }

    /** The folder in the name of a picture. */
    static String person(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    /** {@code Aaron_Eckhart/Aaron_Eckhart_0001.jpg} as "Aaron Eckhart 1". */
    static String title(String name) {
        String number = name.substring(name.length() - "0001.jpg".length(), name.length() - ".jpg".length());
        return person(name).replace('_', ' ') + " " + Integer.parseInt(number);
    }
}
