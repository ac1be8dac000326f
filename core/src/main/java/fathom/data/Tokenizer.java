package fathom.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits what people type as the Penn Treebank splits it (Marcus, Santorini and Marcinkiewicz 1993): {@code won't} becomes
 * {@code wo n't}, {@code it's} {@code it 's}, brackets {@code -lrb-} and {@code -rrb-}, quotes {@code ``} and {@code ''}, and
 * a slash within a word {@code \/}. Full stops stay with abbreviations and initials.
 */
public final class Tokenizer {
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr.", "mrs.", "ms.", "dr.", "jr.", "sr.", "st.", "vs.", "no.", "etc.", "inc.", "co.", "corp.", "ltd.",
            "bros.", "prof.", "gen.", "rep.", "sen.", "gov.", "capt.", "lt.", "col.", "sgt.", "al.", "wash.", "calif.",
            "jan.", "feb.", "mar.", "apr.", "aug.", "sept.", "oct.", "nov.", "dec.");
    private static final Set<String> CLITICS = Set.of("'s", "'re", "'ve", "'ll", "'d", "'m");
    private static final Pattern INITIALS = Pattern.compile("(?:\\p{L}\\.){1,12}");

    /** Signs that stand alone wherever they are. */
    private static final String MARKS = ",;:?!()[]{}\"$%&#@*+=<>~|^`";

    private final String text;
    private final List<String> words = new ArrayList<>();
    private boolean quoteIsOpen;

    private Tokenizer(String text) {
        this.text = text;
    }

    /** The words of a text; none if it holds only spaces. */
    public static List<String> split(String text) {
        var tokenizer = new Tokenizer(plain(text));
        tokenizer.run();
        return tokenizer.words;
    }

    private void run() {
        int at = 0;
        while (at < text.length()) {
            char sign = text.charAt(at);
            int end = at + 1;
            if (Character.isWhitespace(sign)) {
                at = end;
                continue;
            }
            if (has(at, "..") || has(at, "--")) {
                while (end < text.length() && text.charAt(end) == sign) {
                    end++;
                }
                words.add(sign == '.' ? "..." : "--");
            } else if (has(at, "``") || has(at, "''")) {
                end++;
                words.add(text.substring(at, end));
            } else if (MARKS.indexOf(sign) >= 0) {
                words.add(mark(sign));
            } else {
                end = wordEnd(at);
                addWord(text.substring(at, end), at == 0 || Character.isWhitespace(text.charAt(at - 1)));
            }
            at = end;
        }
        splitLastStop();
    }

    private boolean has(int at, String some) {
        return text.startsWith(some, at);
    }

    /** Where the word that begins here ends. */
    private int wordEnd(int from) {
        int at = from;
        while (at < text.length() && !endsWord(at, from)) {
            at++;
        }
        return at;
    }

    private boolean endsWord(int at, int from) {
        char sign = text.charAt(at);
        if (at > from && (sign == ',' || sign == ':') && isDigit(at - 1) && isDigit(at + 1)) {
            return false; // 1,000 and 8:30
        }
        return Character.isWhitespace(sign)
                || MARKS.indexOf(sign) >= 0
                || has(at, "..")
                || has(at, "--")
                || has(at, "''");
    }

    private boolean isDigit(int at) {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }

    /** Typographic signs as they stand on a keyboard. */
    private static String plain(String text) {
        return text.replace('‘', '\'')
                .replace('’', '\'')
                .replace("“", " `` ")
                .replace("”", " '' ")
                .replace("…", " ... ")
                .replace("—", " -- ")
                .replace("–", " -- ")
                .replace('\u00a0', ' ');
    }

    private String mark(char sign) {
        return switch (sign) {
            case '"' -> {
                quoteIsOpen = !quoteIsOpen;
                yield quoteIsOpen ? "``" : "''";
            }
            case '(' -> "-lrb-";
            case ')' -> "-rrb-";
            case '[' -> "-lsb-";
            case ']' -> "-rsb-";
            case '{' -> "-lcb-";
            case '}' -> "-rcb-";
            case '*' -> "\\*";
            default -> String.valueOf(sign);
        };
    }

    /** @param begins whether it stands after a space */
    private void addWord(String piece, boolean begins) {
        String word = piece;
        var after = new ArrayList<String>();
        boolean isTime = word.matches("'(?:\\d\\ds?|em|til|n|cause|tis|twas)");
        if (begins && word.length() > 1 && word.startsWith("'") && !isTime && !CLITICS.contains(small(word))) {
            words.add("`"); // a single quote opens
            word = word.substring(1);
        }
        if (word.endsWith(".") && !keepsStop(word)) {
            after.addFirst(".");
            word = word.substring(0, word.length() - 1);
        }
        if (word.length() > 1 && word.endsWith("'") && !word.equals("ol'")) {
            after.addFirst("'");
            word = word.substring(0, word.length() - 1);
        }
        if (word.endsWith(".") && word.length() > 1 && !keepsStop(word)) {
            after.addFirst(".");
            word = word.substring(0, word.length() - 1);
        }
        if (!word.isEmpty()) {
            addParts(word);
        }
        words.addAll(after);
    }

    private static boolean keepsStop(String word) {
        return ABBREVIATIONS.contains(small(word)) || INITIALS.matcher(word).matches() || word.equals(".");
    }

    /** {@code won't} in its two parts, and the like. */
    private void addParts(String whole) {
        var after = new ArrayList<String>();
        String word = whole;
        for (int cut = clitic(word); cut > 0; cut = clitic(word)) {
            after.add(word.substring(cut));
            word = word.substring(0, cut);
        }
        int cut = switch (small(word)) {
            case "cannot", "gonna", "gotta", "wanna", "gimme", "lemme" -> 3;
            default -> 0;
        };
        if (cut > 0) {
            words.add(word.substring(0, cut));
        }
        words.add(word.substring(cut).replace("\\/", "/").replace("/", "\\/"));
        words.addAll(after.reversed());
    }

    /** Where {@code n't}, {@code 's} and the like begin at a word's end; 0 if it has none. */
    private static int clitic(String word) {
        if (word.length() > 3 && small(word.substring(word.length() - 3)).equals("n't")) {
            return word.length() - 3;
        }
        int apostrophe = word.lastIndexOf('\'');
        return apostrophe > 0 && CLITICS.contains(small(word.substring(apostrophe))) ? apostrophe : 0;
    }

    /** At the very end of a text, a stop ends the sentence even after an abbreviation such as {@code etc.} */
    private void splitLastStop() {
        if (!words.isEmpty() && ABBREVIATIONS.contains(small(words.getLast()))) {
            words.add(".");
        }
    }

    private static String small(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
