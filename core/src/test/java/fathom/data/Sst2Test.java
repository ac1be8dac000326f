package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sst2Test {
    private static final String TREE = "(3 (2 (2 The) (2 film)) (3 (3 (2 is) (4 Fine)) (2 .)))";

    @TempDir
    private Path root;

    @BeforeEach
    void aSmallTreebankInThreeForms() {
        write("stsa.binary.train", "1 the film is fine .\n0 -lrb- dull -rrb-\n1 a fine romantic\\/comedy\n");
        write("stsa.binary.dev", "0 dull dull dull\n");
        write("stsa.binary.test", "1 fine\n0 the plot is dull .\n");
        write("glue/train.tsv", "sentence\tlabel\n( dull ) \t0\na fine romantic/comedy \t1\n");
        write("glue/dev.tsv", "sentence\tlabel\ndull dull dull \t0\n");
        write("trees/train.txt", TREE + "\n(2 (2 Neutral) (1 bore))\n(0 (0 Dull) (2 stuff))\n");
        write("trees/dev.txt", "(1 (1 Dull) (2 film))\n(2 plain)\n");
        write("trees/test.txt", "(4 (4 Fine) (2 film))\n");
    }

    @Test
    void sentencesAfterTheirLabels() {
        var set = open(Text.usual());
        assertThat(texts(set, Split.TRAIN))
                .containsExactly("1 the film is fine .", "0 -lrb- dull -rrb-", "1 a fine romantic\\/comedy");
        assertThat(texts(set, Split.VALIDATION)).containsExactly("0 dull dull dull");
        assertThat(texts(set, Split.TEST)).containsExactly("1 fine", "0 the plot is dull .");
        assertThat(set.shape().toString()).isEqualTo("5");
        assertThat(set.provenance().keySet())
                .containsExactly("sst2/stsa.binary.train", "sst2/stsa.binary.dev", "sst2/stsa.binary.test");
    }

    @Test
    void theGlueFormIsBroughtToTheSameWords() {
        var set = open(Text.usual().withForm(Text.Form.GLUE));
        assertThat(texts(set, Split.TRAIN)).containsExactly("0 -lrb- dull -rrb-", "1 a fine romantic\\/comedy");
        assertThat(texts(set, Split.TEST)).containsExactly("1 fine", "0 the plot is dull .");
    }

    @Test
    void neutralTreesAreLeftOut() {
        var set = open(Text.usual().withForm(Text.Form.TREES));
        assertThat(texts(set, Split.TRAIN)).containsExactly("1 the film is fine .", "0 dull stuff");
        assertThat(texts(set, Split.VALIDATION)).containsExactly("0 dull film");
    }

    @Test
    void everyPhraseWithAnOpinionIsTrainedOnOnce() {
        var set = open(Text.usual().withPhrases(true));
        assertThat(texts(set, Split.TRAIN))
                .containsExactly(
                        "1 fine",
                        "1 is fine",
                        "1 is fine .",
                        "1 the film is fine .",
                        "0 bore",
                        "0 dull",
                        "0 dull stuff");
        assertThat(texts(set, Split.TEST)).containsExactly("1 fine film");
    }

    @Test
    void tenthsAreDrawnBySeedAndShareNothing() {
        var lines = new StringBuilder();
        IntStream.range(0, 50).forEach(i -> lines.append("%d word%d\n".formatted(i % 2, i)));
        write("stsa.binary.train", lines.toString());
        var set = open(Text.usual().withSplit(Text.Division.TENTHS));
        var all = new ArrayList<String>(texts(set, Split.TRAIN));
        assertThat(all).hasSize(40);
        assertThat(texts(set, Split.VALIDATION)).hasSize(5);
        all.addAll(texts(set, Split.VALIDATION));
        all.addAll(texts(set, Split.TEST));
        assertThat(all).containsExactlyInAnyOrder(lines.toString().split("\n"));
    }

    @Test
    void aBatchIsPaddedToItsLongestOrToTheLongestOfAll() {
        var examples = open(Text.usual()).examples(Split.TRAIN);
        var batch = examples.batch(1, 2);
        assertThat(batch.shape().toString()).isEqualTo("3");
        assertThat(batch.lengths()).containsExactly(3, 3);
        var longest = open(Text.usual().withPadding(Text.Padding.LONGEST))
                .examples(Split.TRAIN)
                .batch(1);
        assertThat(longest.shape().toString()).isEqualTo("5");
        assertThat(longest.inputs())
                .endsWith(Vocabulary.PADDING, Vocabulary.PADDING)
                .doesNotContain(1);
        assertThat(longest.lengths()).containsExactly(3);
    }

    @Test
    void wordsOfTheOtherSplitsAreUnknown() {
        var set = open(Text.usual());
        assertThat(set.vocabulary().orElseThrow().isKnown("plot")).isFalse();
        assertThat(set.examples(Split.TEST).batch(1).inputs()[1]).isEqualTo(Vocabulary.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stsa.binary.train|1 fine\\n7 film|:2: label 7: expected 0 (negative) or 1 (positive)",
                "stsa.binary.train|1 fine\\nfine film|:2: the line has no label: expected 0 or 1, got \"fine film\"",
                "stsa.binary.dev|1 fine\\n0|:2: the sentence is empty",
                "stsa.binary.dev|1 fine\\n0   |:2: the sentence is empty",
                "stsa.binary.test|1 fine\\n\\n1 film|:2: the line has no label",
                "stsa.binary.test|''|stsa.binary.test is empty",
                "stsa.binary.dev|1 fine\\n0 dull\tfilm|:2: a word holds the white space U+0009: only plain spaces",
                "stsa.binary.dev|1 fine\\n0 dull \u3000 film|:2: a word holds the white space U+3000",
            })
    void aWrongLineIsNamed(String file, String content, String message) {
        write(file, content.replace("\\n", "\n"));
        assertThatThrownBy(() -> open(Text.usual()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(3 (2 Good) (2 film)|:2: brackets do not balance: 1 are never closed",
                "(3 (2 Good) (2 film)))|:2: brackets do not balance: \")\" at character 22 closes nothing",
                "(7 (2 Good) (2 film))|:2: label \"7\": expected 0 … 4 after each opening bracket",
                "(3 (Good) (2 film))|:2: label \"Good\": expected 0 … 4",
                "(3 (2 Good) (2 ))|:2: the brackets that close at character 16 hold no word",
                "(2 film) (2 film)|:2: a line holds one tree",
                "film|:2: the word \"film\" stands outside of all brackets",
                "''|:2: the line is empty, expected a tree",
                "(3 (2 Good\t) (2 film))|:2: a word holds the white space U+0009",
            })
    void aWrongTreeIsNamed(String tree, String message) {
        write("trees/dev.txt", "(3 fine)\n" + tree + "\n(3 fine)\n");
        assertThatThrownBy(() -> open(Text.usual().withForm(Text.Form.TREES)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(root.resolve("sst2/trees/dev.txt") + message);
    }

    @Test
    void tenThousandWordsAreTooMany() {
        write("stsa.binary.test", "1 fine\n1 " + "film ".repeat(10_000) + "\n");
        assertThatThrownBy(() -> open(Text.usual()))
                .hasMessageContaining("stsa.binary.test:2: the sentence has 10,000 words, at most 512 are read");
        write("trees/test.txt", "(3 (2 a) ".repeat(10_000) + "(2 b)" + ")".repeat(10_000));
        assertThatThrownBy(() -> open(Text.usual().withForm(Text.Form.TREES)))
                .hasMessageContaining("trees/test.txt:1: the tree is deeper than 1024 levels");
    }

    @Test
    void anotherEncodingIsNamedWithItsLine() throws IOException {
        Files.write(root.resolve("sst2/stsa.binary.dev"), "1 fine\n0 clichés\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> open(Text.usual()))
                .hasMessageContaining("stsa.binary.dev:2: not UTF-8 (byte 0xe9): save the file as UTF-8");
    }

    @Test
    void emojiAndAccentsAreWords() {
        write("stsa.binary.dev", "1 fine 😀 clichés\r\n");
        assertThat(texts(open(Text.usual()), Split.VALIDATION)).containsExactly("1 fine 😀 clichés");
    }

    @Test
    void theGlueFormNeedsItsHeadingsAndTabs() {
        write("glue/dev.tsv", "fine\t1\n");
        assertThatThrownBy(() -> open(Text.usual().withForm(Text.Form.GLUE)))
                .hasMessageContaining("glue/dev.tsv:1: expected the headings sentence and label");
        write("glue/dev.tsv", "sentence\tlabel\nfine 1\n");
        assertThatThrownBy(() -> open(Text.usual().withForm(Text.Form.GLUE)))
                .hasMessageContaining("glue/dev.tsv:2: expected a sentence, a tab and its label, got \"fine 1\"");
    }

    @Test
    void aMissingFormSaysWhereItWasLookedFor() throws IOException {
        Files.delete(root.resolve("sst2/trees/test.txt"));
        assertThatThrownBy(() -> open(Text.usual().withPhrases(true)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("trees/test.txt")
                .hasMessageContaining(root.resolve("sst2").toString());
    }

    private Dataset open(Text text) {
        return Datasets.open(Data.of("sst2").withText(text), new DataPlaces(List.of(root)));
    }

    private void write(String name, String content) {
        MadeUp.write(root.resolve("sst2").resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(Dataset set, Split split) {
        var examples = set.examples(split);
        return IntStream.range(0, examples.size())
                .mapToObj(i -> examples.label(i) + " " + examples.text(i))
                .toList();
    }
}
