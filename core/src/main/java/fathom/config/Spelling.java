package fathom.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a misspelt name. */
public final class Spelling {
    private static final int LONGEST = 40;

    private Spelling() {}

    /** {@code : did you mean "x"?} or nothing, for the end of a message. */
    public static String hint(String said, Collection<String> known) {
        return nearest(said, known)
                .map(name -> ": did you mean \"" + name + "\"?")
                .orElse("");
    }

    /** The known name nearest to what was said, if it is near enough to have been meant. */
    public static Optional<String> nearest(String said, Collection<String> known) {
        if (said.length() > LONGEST) {
            return Optional.empty();
        }
        String best = "";
        int least = Math.max(1, said.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(said.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** How many letters to insert, drop, change or swap with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
