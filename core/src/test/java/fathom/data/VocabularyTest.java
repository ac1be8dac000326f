package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static final List<List<String>> SENTENCES =
            List.of(List.of("a", "fine", "film"), List.of("a", "dull", "film"), List.of("a", "<unk>"));

    @Test
    void wordsStandByFallingFrequencyThenByTheAlphabet() {
        var vocabulary = Vocabulary.of(SENTENCES.stream(), 1);
        assertThat(vocabulary.text()).isEqualTo("<pad>\n<unk>\na\nfilm\ndull\nfine\n");
        assertThat(vocabulary.numbers(List.of("fine", "film", "!"))).containsExactly(5, 3, Vocabulary.UNKNOWN);
    }

    @Test
    void rareWordsAreUnknown() {
        var vocabulary = Vocabulary.of(SENTENCES.stream(), 2);
        assertThat(vocabulary.size()).isEqualTo(4);
        assertThat(vocabulary.isKnown("fine")).isFalse();
        assertThat(vocabulary.number("fine")).isEqualTo(Vocabulary.UNKNOWN);
    }

    @Test
    void aVocabularyIsReadBackAsItWasWritten() {
        var vocabulary = Vocabulary.of(SENTENCES.stream(), 1);
        assertThat(Vocabulary.parse("vocabulary.txt", vocabulary.text()).text()).isEqualTo(vocabulary.text());
    }

    @Test
    void whatIsNoVocabularyIsRefusedByNameAndLine() {
        assertThatThrownBy(() -> Vocabulary.parse("words.txt", "film\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("words.txt is no vocabulary");
        assertThatThrownBy(() -> Vocabulary.parse("words.txt", "<pad>\n<unk>\nfilm\nfilm\n"))
                .hasMessage("words.txt:4: expected a new word, got \"film\"");
        assertThat(Vocabulary.of(Stream.empty(), 1).size()).isEqualTo(2);
    }
}
