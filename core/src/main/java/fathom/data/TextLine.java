package fathom.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a text file.
 *
 * @param number from 1
 */
record TextLine(Path file, int number, String text) {
    private static final int LARGEST = 64 << 20;
    private static final int SHOWN = 60;

    /**
     * The lines of a file in UTF-8, without the line breaks.
     *
     * @throws DataException if it cannot be read, is larger than 64 MiB, or is not UTF-8; the message names the line
     */
    static List<TextLine> read(Path file) {
        String content = decoded(file, FileBytes.read(file, LARGEST));
        var lines = new ArrayList<TextLine>();
        int from = content.startsWith("\uFEFF") ? 1 : 0; // a byte order mark
        while (from < content.length()) {
            int end = content.indexOf('\n', from);
            int to = end < 0 ? content.length() : end;
            boolean hasReturn = to > from && content.charAt(to - 1) == '\r';
            lines.add(new TextLine(file, lines.size() + 1, content.substring(from, hasReturn ? to - 1 : to)));
            from = to + 1;
        }
        return lines;
    }

    private static String decoded(Path file, byte[] bytes) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length + 1);
        if (decoder.decode(in, out, true).isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new DataException("%s:%d: not UTF-8 (byte 0x%02x): save the file as UTF-8"
                    .formatted(file, line, bytes[in.position()]));
        }
        return out.flip().toString();
    }

    /** An error at this line. */
    DataException wrong(String what) {
        return new DataException("%s:%d: %s".formatted(file, number, what));
    }

    /**
     * Words that are separated by spaces, with a label.
     *
     * @throws DataException if there is no word, there are more than 512, or one holds white space
     */
    Sentence sentence(String words, int label) {
        return new Sentence(checked(List.of(words.strip().split(" +", -1))), label);
    }

    /** @throws DataException if there is no word, there are more than 512, or one holds white space: a vocabulary has lines */
    List<String> checked(List<String> words) {
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw wrong("the sentence is empty");
        }
        if (words.size() > Sentence.LONGEST) {
            throw wrong("the sentence has %,d words, at most %d are read".formatted(words.size(), Sentence.LONGEST));
        }
        words.forEach(this::requireNoSpace);
        return words;
    }

    private void requireNoSpace(String word) {
        word.chars().filter(Character::isWhitespace).findFirst().ifPresent(sign -> {
            throw wrong("a word holds the white space U+%04X: only plain spaces separate words, put one there"
                    .formatted(sign));
        });
    }

    /** The beginning of the line, quoted. */
    String quoted() {
        return '"' + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + '"';
    }
}
