package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordVectorsTest {
    private static final Vocabulary WORDS = Vocabulary.of(Stream.of(List.of("fine", "film", "dull")), 1);

    @TempDir
    private Path folder;

    @Test
    void onlyWordsOfTheVocabularyAreTaken() throws IOException {
        var vectors = read("film 1 2 3\nother 4 5 6\nfine -1e-2 0.5 .25\nfilm 9 9 9\n. . 1 2 3\n");
        assertThat(vectors.size()).isEqualTo(3);
        assertThat(vectors.covered()).isEqualTo(2);
        assertThat(vectors.words()).isEqualTo(3);
        float[] table = vectors.into(new float[5 * 3], 3);
        int film = WORDS.number("film");
        int fine = WORDS.number("fine");
        assertThat(java.util.Arrays.copyOfRange(table, 3 * film, 3 * film + 3)).containsExactly(1, 2, 3);
        assertThat(java.util.Arrays.copyOfRange(table, 3 * fine, 3 * fine + 3)).containsExactly(-0.01f, 0.5f, 0.25f);
        assertThat(java.util.Arrays.copyOfRange(table, 0, 6)).containsOnly(0);
    }

    @Test
    void theFirstLineOfWord2vecIsNoVector() throws IOException {
        var vectors = read("2 2\nfilm 1 2\ndull 3 4\n");
        assertThat(vectors.size()).isEqualTo(2);
        assertThat(vectors.covered()).isEqualTo(2);
    }

    @Test
    void aWrongLineIsNamed() {
        assertThatThrownBy(() -> read("film 1 2\nfine 1\n"))
                .hasMessageContaining("vectors.txt:2: expected a word and 2 numbers, got \"fine 1\"");
        assertThatThrownBy(() -> read("film 1 2\nfine 1 x\n"))
                .hasMessageContaining("vectors.txt:2: \"x\" is not a finite number");
        assertThatThrownBy(() -> read("film 1 2\nfine 1 NaN\n"))
                .hasMessageContaining("vectors.txt:2: \"NaN\" is not a finite number");
        assertThatThrownBy(() -> read("1 99999999999\nfilm 1 2\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("vectors.txt:1: expected a word and 1 … 4096 numbers, got \"1 99999999999\"");
        assertThatThrownBy(() -> read("other 1 2\n")).hasMessageContaining("none of the 3 words");
        assertThatThrownBy(() -> WordVectors.read(folder.resolve("no.txt"), WORDS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no.txt");
    }

    @Test
    void anEmbeddingOfAnotherSizeIsRefused() throws IOException {
        var vectors = read("film 1 2\n");
        assertThatThrownBy(() -> vectors.into(new float[15], 3))
                .hasMessageContaining("holds vectors of 2 numbers, the embedding has 3 units");
    }

    @Test
    void whatIsNoPathIsNamed() {
        assertThatThrownBy(() -> reviews("a\0b"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.text.vectors: \"a\0b\" is no path of a file");
    }

    @Test
    void whatIsCoveredIsToldAlikeInEveryLanguage() throws IOException {
        Path file = Files.writeString(folder.resolve("vectors.txt"), "the 1 2\n");
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(reviews(file.toString()).provenance())
                    .hasEntrySatisfying(
                            "vectors cover", told -> assertThat(told).matches("1 of [0-9]+ words"));
        } finally {
            Locale.setDefault(usual);
        }
    }

    private static Dataset reviews(String vectors) {
        var text = new Text(Text.Form.STSA, Text.Division.OFFICIAL, false, 1, Text.Padding.BATCH, true, vectors);
        return ToyReviews.open(Data.of("toy-reviews").withCount(10).withText(text));
    }

    private WordVectors read(String content) throws IOException {
        return WordVectors.read(Files.writeString(folder.resolve("vectors.txt"), content), WORDS);
    }
}
