package fathom.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Vectors of words that were learnt elsewhere: a text file with a word and its numbers a line, as GloVe gives it
 * (Pennington, Socher and Manning 2014), or with a line of count and size first, as word2vec does (Mikolov et al. 2013).
 * Only those of a vocabulary are kept, so the file may be large.
 */
public final class WordVectors {
    private static final Pattern COUNT_AND_SIZE = Pattern.compile("[0-9]+ [0-9]+");
    private static final int LARGEST_SIZE = 4096;

    private final Path file;
    private final Map<Integer, float[]> vectors = new HashMap<>();
    private final Vocabulary vocabulary;
    private int size;
    private String sha256 = "";

    private WordVectors(Path file, Vocabulary vocabulary) {
        this.file = file;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads the vectors of a vocabulary's words; of a word that stands twice, the first counts.
     *
     * @throws DataException if the file cannot be read, a line is no vector, or it holds none of the words
     */
    public static WordVectors read(Path file, Vocabulary vocabulary) {
        var vectors = new WordVectors(file, vocabulary);
        var digest = FileBytes.digest();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                vectors.take(new TextLine(file, ++number, line.stripTrailing()));
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(file, e);
        }
        vectors.sha256 = FileBytes.hex(digest.digest());
        if (vectors.vectors.isEmpty()) {
            throw new DataException("%s holds a vector of none of the %,d words that stand in the data"
                    .formatted(file, vectors.words()));
        }
        return vectors;
    }

    private void take(TextLine line) {
        String text = line.text();
        if (line.number() == 1 && COUNT_AND_SIZE.matcher(text).matches()) {
            String wanted = text.substring(text.indexOf(' ') + 1);
            setSize(line, wanted.length() < 10 ? Integer.parseInt(wanted) : Integer.MAX_VALUE);
            return;
        }
        if (text.isEmpty()) {
            return;
        }
        if (size == 0) {
            setSize(line, text.split(" ", -1).length - 1);
        }
        int end = text.length(); // a word may hold spaces, so numbers are counted from the end
        for (int i = 0; i < size && end > 0; i++) {
            end = text.lastIndexOf(' ', end - 1);
        }
        if (end <= 0) {
            throw line.wrong("expected a word and %d numbers, got %s".formatted(size, line.quoted()));
        }
        int word = vocabulary.number(text.substring(0, end));
        if (word != Vocabulary.UNKNOWN) {
            vectors.putIfAbsent(word, numbers(line, text.substring(end + 1)));
        }
    }

    private void setSize(TextLine line, int wanted) {
        if (wanted < 1 || wanted > LARGEST_SIZE) {
            throw line.wrong("expected a word and 1 … %d numbers, got %s".formatted(LARGEST_SIZE, line.quoted()));
        }
        size = wanted;
    }

    private float[] numbers(TextLine line, String text) {
        var numbers = new float[size];
        String[] parts = text.split(" ", -1);
        for (int i = 0; i < size; i++) {
            try {
                numbers[i] = Float.parseFloat(parts[i]);
            } catch (NumberFormatException _) {
                numbers[i] = Float.NaN;
            }
            if (!Float.isFinite(numbers[i])) {
                throw line.wrong("\"%s\" is not a finite number".formatted(parts[i]));
            }
        }
        return numbers;
    }

    /** How many numbers a vector has. */
    public int size() {
        return size;
    }

    /** How many words of the vocabulary have a vector. */
    public int covered() {
        return vectors.size();
    }

    /** How many words the vocabulary has, padding and unknown not counted. */
    public int words() {
        return vocabulary.size() - 2;
    }

    /** Of the file. */
    public String sha256() {
        return sha256;
    }

    /**
     * A table with the rows of known words replaced.
     *
     * @param table a row of {@code units} numbers a word
     * @throws DataException if a vector has not that many numbers
     */
    public float[] into(float[] table, int units) {
        if (units != size) {
            throw new DataException("%s holds vectors of %d numbers, the embedding has %d units: set them to %d"
                    .formatted(file, size, units, size));
        }
        float[] filled = table.clone();
        vectors.forEach((word, vector) -> System.arraycopy(vector, 0, filled, word * units, units));
        return filled;
    }
}
