package fathom.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that a network knows, numbered: {@code <pad>} is 0, {@code <unk>} (every other word) is 1, then the words by
 * falling frequency, those of equal frequency by the alphabet.
 */
public final class Vocabulary {
    public static final int PADDING = 0;
    public static final int UNKNOWN = 1;
    private static final List<String> SPECIAL = List.of("<pad>", "<unk>");

    private final List<String> words;
    private final Map<String, Integer> numbers = new HashMap<>();

    private Vocabulary(List<String> words) {
        this.words = List.copyOf(words);
        for (int i = SPECIAL.size(); i < words.size(); i++) {
            numbers.put(words.get(i), i);
        }
    }

    /**
     * The words that stand in the sentences often enough.
     *
     * @param least how often, at least 1
     */
    public static Vocabulary of(Stream<List<String>> sentences, int least) {
        var counts = new HashMap<String, Integer>();
        sentences.forEach(sentence -> sentence.forEach(word -> counts.merge(word, 1, Integer::sum)));
        SPECIAL.forEach(counts::remove);
        var words = new ArrayList<>(SPECIAL);
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .forEach(entry -> words.add(entry.getKey()));
        return new Vocabulary(words);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param name of the file, for messages
     * @throws DataException if it does not begin with the two special words, or a word stands twice or is empty
     */
    public static Vocabulary parse(String name, String text) {
        List<String> words = text.lines().toList();
        if (words.size() < SPECIAL.size() || !words.subList(0, SPECIAL.size()).equals(SPECIAL)) {
            throw new DataException("%s is no vocabulary: it must begin with the lines %s"
                    .formatted(name, String.join(" and ", SPECIAL)));
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).isBlank() || !seen.add(words.get(i))) {
                throw new DataException("%s:%d: expected a new word, got \"%s\"".formatted(name, i + 1, words.get(i)));
            }
        }
        return new Vocabulary(words);
    }

    /** One word a line, in the order of their numbers. */
    public String text() {
        return words.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    /** How many numbers there are, the two special ones counted. */
    public int size() {
        return words.size();
    }

    /** The number of a word; 1 if it is not known. */
    public int number(String word) {
        return numbers.getOrDefault(word, UNKNOWN);
    }

    public boolean isKnown(String word) {
        return numbers.containsKey(word);
    }

    /** The number of each word. */
    public int[] numbers(List<String> sentence) {
        return sentence.stream().mapToInt(this::number).toArray();
    }
}
