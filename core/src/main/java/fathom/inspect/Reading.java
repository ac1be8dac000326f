package fathom.inspect;

import fathom.data.Batch;
import fathom.data.DataException;
import fathom.data.Tokenizer;
import fathom.data.Vocabulary;
import fathom.model.Shape;
import fathom.run.Trained;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a network makes of a text that somebody has written, and why.
 *
 * @param words of the text, as the network reads them
 * @param guesses the most probable class first
 */
public record Reading(List<Word> words, List<Trained.Guess> guesses) {
    /** How many words a text may have. */
    public static final int LONGEST = Trained.LONGEST_TEXT;

    private static final int AT_ONCE = 64;

    /**
     * A word.
     *
     * @param isKnown whether it stands in the network's vocabulary; all others are the same to it
     * @param effect how much of the answer's probability is lost if the word is left out, −1 … 1; what is left out of a text
     *     of one word is put in as an unknown word
     * @param evidence the probability of the answer, 0 … 1, by the state at this word: what the layers after the pooling
     *     make of it; empty if these cannot be taken apart
     */
    public record Word(String text, boolean isKnown, double effect, Optional<Double> evidence) {}

    public Reading {
        words = List.copyOf(words);
        guesses = List.copyOf(guesses);
    }

    /**
     * Reads a text.
     *
     * @throws DataException if it has no word or more than 512
     * @throws InspectException if the run's network does not read texts
     */
    public static Reading of(Trained trained, String text) {
        Vocabulary vocabulary = trained.run()
                .vocabulary()
                .orElseThrow(() -> new InspectException("run %s was trained on pictures: it reads no text"
                        .formatted(trained.run().id())));
        boolean isSmall = trained.manifest().spec().data().text().lowerCase();
        List<String> words = Tokenizer.split(isSmall ? text.toLowerCase(Locale.ROOT) : text);
        if (words.isEmpty()) {
            throw new DataException("the text holds no word");
        }
        if (words.size() > LONGEST) {
            throw new DataException(
                    "the text has %,d words, at most %d are read: shorten it".formatted(words.size(), LONGEST));
        }
        int[] numbers = vocabulary.numbers(words);
        float[] whole = trained.predict(batch(List.of(numbers)), List.of()).getFirst();
        int top = IntStream.range(0, whole.length)
                .boxed()
                .max(Comparator.comparingDouble(c -> whole[c]))
                .orElseThrow();
        double[] without = without(trained, numbers, top);
        Optional<double[]> evidence = Head.of(trained).map(head -> head.probabilities(batch(List.of(numbers)), top));
        var read = new ArrayList<Word>();
        for (int i = 0; i < numbers.length; i++) {
            int at = i;
            read.add(new Word(
                    words.get(i),
                    numbers[i] != Vocabulary.UNKNOWN,
                    Math.exp(whole[top]) - without[i],
                    evidence.map(all -> all[at])));
        }
        return new Reading(read, guesses(trained.manifest().classes(), whole));
    }

    private static List<Trained.Guess> guesses(List<String> classes, float[] logProbabilities) {
        return IntStream.range(0, logProbabilities.length)
                .mapToObj(c -> new Trained.Guess(classes.get(c), Math.exp(logProbabilities[c])))
                .sorted(Comparator.comparingDouble(Trained.Guess::probability).reversed())
                .toList();
    }

    /** The probability of a class with each word left out. */
    private static double[] without(Trained trained, int[] numbers, int top) {
        var probabilities = new double[numbers.length];
        for (int from = 0; from < numbers.length; from += AT_ONCE) {
            int to = Math.min(from + AT_ONCE, numbers.length);
            var texts = IntStream.range(from, to)
                    .mapToObj(left -> leftOut(numbers, left))
                    .toList();
            float[] answers = trained.predict(batch(texts), List.of()).getFirst();
            int classes = answers.length / texts.size();
            for (int i = from; i < to; i++) {
                probabilities[i] = Math.exp(answers[(i - from) * classes + top]);
            }
        }
        return probabilities;
    }

    private static int[] leftOut(int[] numbers, int left) {
        return numbers.length == 1
                ? new int[] {Vocabulary.UNKNOWN}
                : IntStream.range(0, numbers.length)
                        .filter(i -> i != left)
                        .map(i -> numbers[i])
                        .toArray();
    }

    private static Batch batch(List<int[]> texts) {
        int room = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
        var inputs = new float[texts.size() * room];
        for (int i = 0; i < texts.size(); i++) {
            for (int t = 0; t < texts.get(i).length; t++) {
                inputs[i * room + t] = texts.get(i)[t];
            }
        }
        int[] lengths = texts.stream().mapToInt(text -> text.length).toArray();
        return new Batch(Shape.of(room), inputs, new int[lengths.length], lengths);
    }
}
