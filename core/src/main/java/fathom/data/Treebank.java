package fathom.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the Stanford Sentiment Treebank (Socher et al. 2013): {@code (3 (2 Good) (2 film))}. Every node has a label,
 * 0 very negative, 1 negative, 2 neutral, 3 positive, 4 very positive.
 */
final class Treebank {
    static final int NEUTRAL = 2;
    private static final int HIGHEST = 4;

    /**
     * A node.
     *
     * @param from its first word
     * @param to the word after its last
     */
    record Phrase(int label, int from, int to) {}

    /**
     * A sentence.
     *
     * @param phrases every node, parts before the whole; the last is the sentence
     */
    record Tree(List<String> words, List<Phrase> phrases) {
        Phrase whole() {
            return phrases.getLast();
        }

        List<String> words(Phrase phrase) {
            return words.subList(phrase.from(), phrase.to());
        }
    }

    private final TextLine line;
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final List<Phrase> phrases = new ArrayList<>();
    private final ArrayDeque<Phrase> open = new ArrayDeque<>();
    private int at;

    private Treebank(TextLine line) {
        this.line = line;
        this.text = line.text().strip();
    }

    /** @throws DataException if it is no tree; the message names file and line */
    static Tree parse(TextLine line) {
        return new Treebank(line).tree();
    }

    private Tree tree() {
        if (text.isEmpty()) {
            throw line.wrong("the line is empty, expected a tree such as (3 (2 Good) (2 film))");
        }
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case ' ' -> at++;
                case '(' -> begin();
                case ')' -> end();
                default -> word();
            }
        }
        if (!open.isEmpty()) {
            throw line.wrong("brackets do not balance: %d are never closed".formatted(open.size()));
        }
        line.checked(words);
        return new Tree(List.copyOf(words), List.copyOf(phrases));
    }

    private void begin() {
        if (open.isEmpty() && !phrases.isEmpty()) {
            throw line.wrong("a line holds one tree, a second begins at character " + (at + 1));
        }
        if (open.size() > 2 * Sentence.LONGEST) {
            throw line.wrong("the tree is deeper than %d levels".formatted(2 * Sentence.LONGEST));
        }
        at++;
        String label = token();
        if (label.length() != 1 || label.charAt(0) < '0' || label.charAt(0) > '0' + HIGHEST) {
            throw line.wrong("label \"%s\": expected 0 … %d after each opening bracket".formatted(label, HIGHEST));
        }
        open.push(new Phrase(label.charAt(0) - '0', words.size(), words.size()));
    }

    private void end() {
        if (open.isEmpty()) {
            throw line.wrong("brackets do not balance: \")\" at character %d closes nothing".formatted(at + 1));
        }
        Phrase begun = open.pop();
        if (begun.from() == words.size()) {
            throw line.wrong("the brackets that close at character %d hold no word".formatted(at + 1));
        }
        phrases.add(new Phrase(begun.label(), begun.from(), words.size()));
        at++;
    }

    private void word() {
        String word = token();
        if (open.isEmpty()) {
            throw line.wrong("the word \"%s\" stands outside of all brackets".formatted(word));
        }
        words.add(word);
    }

    private String token() {
        int from = at;
        while (at < text.length() && " ()".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }
}
