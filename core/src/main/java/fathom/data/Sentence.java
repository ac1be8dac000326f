package fathom.data;

import java.util.List;
import java.util.Locale;

/** Words with a label. */
record Sentence(List<String> words, int label) {
    /** How many words a sentence may have. */
    static final int LONGEST = 512;

    Sentence {
        words = List.copyOf(words);
    }

    Sentence inLowerCase() {
        return new Sentence(
                words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList(), label);
    }

    String text() {
        return String.join(" ", words);
    }
}
