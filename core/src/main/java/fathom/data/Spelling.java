package fathom.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a misspelt name. */
final class Spelling {
    private static final int LONGEST = 100;

    private Spelling() {}

    /** The name with the fewest typing errors from {@code text}, if they are at most two or a third of its letters. */
    static Optional<String> nearest(String text, Collection<String> names) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String typed = text.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> errors(typed, name) <= Math.max(2, name.length() / 3))
                .min(Comparator.comparingInt(name -> errors(typed, name)));
    }

    /** How many letters were left out, added or replaced (Levenshtein's distance). */
    private static int errors(String typed, String meant) {
        int[] row = new int[meant.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= typed.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (typed.charAt(i - 1) == meant.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[meant.length()];
    }
}
