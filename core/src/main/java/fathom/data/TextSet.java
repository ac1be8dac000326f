package fathom.data;

import fathom.model.Shape;
import fathom.random.Draws;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A data set of labelled sentences; its vocabulary is that of the training examples. */
final class TextSet implements Dataset {
    private static final int TENTHS = 10;

    private final About about;
    private final Vocabulary vocabulary;
    private final Optional<WordVectors> vectors;
    private final SentenceExamples train;
    private final SentenceExamples validation;
    private final SentenceExamples test;

    /** Sentences in three parts. */
    record Parts(List<Sentence> train, List<Sentence> validation, List<Sentence> test) {}

    private TextSet(
            About about, Vocabulary vocabulary, Optional<WordVectors> vectors, Parts parts, Text.Padding padding) {
        int longest = Stream.of(parts.train(), parts.validation(), parts.test())
                .flatMap(List::stream)
                .mapToInt(sentence -> sentence.words().size())
                .max()
                .orElse(1);
        this.about = about;
        this.vocabulary = vocabulary;
        this.vectors = vectors;
        this.train = new SentenceExamples(parts.train(), vocabulary, longest, padding);
        this.validation = new SentenceExamples(parts.validation(), vocabulary, longest, padding);
        this.test = new SentenceExamples(parts.test(), vocabulary, longest, padding);
    }

    /**
     * The set as {@code data} wants it.
     *
     * @throws DataException if there is nothing to train on, or the word vectors cannot be read
     */
    static TextSet of(About about, Parts parts, Data data) {
        List<Sentence> train = limited(parts.train(), data.limitTrain());
        if (train.isEmpty()) {
            throw new DataException(about.name() + ": no sentence is left to train on");
        }
        var vocabulary =
                Vocabulary.of(train.stream().map(Sentence::words), data.text().minCount());
        var provenance = new LinkedHashMap<String, String>(about.provenance());
        Optional<WordVectors> vectors = Optional.of(data.text().vectors())
                .filter(file -> !file.isBlank())
                .map(file -> WordVectors.read(path(file), vocabulary));
        vectors.ifPresent(found -> {
            provenance.put("vectors", found.sha256());
            provenance.put("vectors cover", found.covered() + " of " + found.words() + " words");
        });
        return new TextSet(
                new About(about.name(), about.classes(), provenance),
                vocabulary,
                vectors,
                new Parts(train, parts.validation(), parts.test()),
                data.text().padding());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new DataException(
                    "data.text.vectors: \"%s\" is no path of a file: %s".formatted(text, e.getReason()), e);
        }
    }

    /** A tenth to validate by and a tenth to test on, the first of a permutation named by the seed; the rest to train on. */
    static Parts tenths(List<Sentence> sentences, long seed) {
        int[] order = Draws.of(seed, "split", 0).permutation(sentences.size());
        int tenth = (int) Math.round((double) sentences.size() / TENTHS);
        return new Parts(
                pick(sentences, Arrays.copyOfRange(order, 2 * tenth, order.length)),
                pick(sentences, Arrays.copyOf(order, tenth)),
                pick(sentences, Arrays.copyOfRange(order, tenth, 2 * tenth)));
    }

    private static List<Sentence> pick(List<Sentence> sentences, int[] indices) {
        return IntStream.of(indices).mapToObj(sentences::get).toList();
    }

    private static List<Sentence> limited(List<Sentence> sentences, int limit) {
        return limit > 0 && limit < sentences.size() ? new ArrayList<>(sentences.subList(0, limit)) : sentences;
    }

    @Override
    public String name() {
        return about.name();
    }

    @Override
    public Shape shape() {
        return train.shape();
    }

    @Override
    public List<String> classes() {
        return about.classes();
    }

    @Override
    public Examples examples(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    @Override
    public Optional<Vocabulary> vocabulary() {
        return Optional.of(vocabulary);
    }

    @Override
    public Optional<WordVectors> vectors() {
        return vectors;
    }

    @Override
    public SequencedMap<String, String> provenance() {
        return about.provenance();
    }
}
