package fathom.cli;

import fathom.inspect.Reading;
import fathom.run.Trained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a network read in a text, for a terminal and as JSON. */
final class ReadingText {
    private static final String SUPPORTS = "\u001b[32m";
    private static final String OPPOSES = "\u001b[31m";
    private static final String STRONG = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final double SLIGHT = 0.02;
    private static final double MUCH = 0.2;

    private ReadingText() {}

    /**
     * The classes, then a row a word.
     *
     * @param top how many classes to show
     * @param coloured whether words that support the answer are green and those against it red
     */
    static String of(String text, Reading reading, int top, boolean coloured) {
        var out = new StringBuilder(text.strip()).append('\n');
        List<Trained.Guess> shown = reading.guesses()
                .subList(0, Math.clamp(top, 1, reading.guesses().size()));
        int widest =
                shown.stream().mapToInt(guess -> guess.name().length()).max().orElse(0);
        for (Trained.Guess guess : shown) {
            out.append("  %s  %s %s\n"
                    .formatted(
                            padded(guess.name(), widest),
                            ShareBar.of(guess.probability()),
                            percent(guess.probability())));
        }
        boolean hasEvidence =
                reading.words().stream().allMatch(word -> word.evidence().isPresent());
        String answer = reading.guesses().getFirst().name();
        var table = new Table("word", "left out", hasEvidence ? answer + " here" : "");
        for (Reading.Word word : reading.words()) {
            String change = String.format(Locale.ROOT, "%+6.1f %%", -100 * word.effect());
            table.row(
                    (word.isKnown() ? "" : "?") + word.text(),
                    change.matches("[+-] *0\\.0 %|.*[+-]0\\.0 %") ? "   0.0 %" : change,
                    word.evidence().map(ReadingText::percent).orElse(""));
        }
        List<String> rows = table.text().lines().toList();
        out.append('\n').append("  ").append(rows.getFirst().stripTrailing()).append('\n');
        for (int i = 0; i < reading.words().size(); i++) {
            String row = rows.get(i + rows.size() - reading.words().size()).stripTrailing();
            out.append("  ")
                    .append(coloured ? coloured(row, reading.words().get(i).effect()) : row)
                    .append('\n');
        }
        out.append("left out: how the probability of \"%s\" changes without the word".formatted(answer));
        if (hasEvidence) {
            out.append("; here: how probable the state at the word makes it");
        }
        if (reading.words().stream().anyMatch(word -> !word.isKnown())) {
            out.append("; ?: a word that the network does not know");
        }
        return out.toString();
    }

    private static String coloured(String row, double effect) {
        if (Math.abs(effect) < SLIGHT) {
            return row;
        }
        return (Math.abs(effect) >= MUCH ? STRONG : "") + (effect > 0 ? SUPPORTS : OPPOSES) + row + PLAIN;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%5.1f %%", 100 * share);
    }

    /** One line of JSON. */
    static String json(String text, Reading reading) {
        var probabilities = new LinkedHashMap<String, Double>();
        reading.guesses().forEach(guess -> probabilities.put(guess.name(), guess.probability()));
        var words = new ArrayList<Map<String, Object>>();
        for (Reading.Word word : reading.words()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("word", word.text());
            entry.put("known", word.isKnown());
            entry.put("effect", word.effect());
            word.evidence().ifPresent(evidence -> entry.put("evidence", evidence));
            words.add(entry);
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("text", text);
        line.put("class", reading.guesses().getFirst().name());
        line.put("probabilities", probabilities);
        line.put("words", words);
        return ResultJson.text(line);
    }
}
