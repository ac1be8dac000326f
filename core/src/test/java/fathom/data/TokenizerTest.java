package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "It won't do.|It wo n't do .",
                "it's a film they've seen; I'd say we'll like it|it 's a film they 've seen ; I 'd say we 'll like it",
                "He shouldn't've come.|He should n't 've come .",
                "The critic's (very) long [sic] piece|The critic 's -lrb- very -rrb- long -lsb- sic -rsb- piece",
                "\"Fine,\" he said.|`` Fine , '' he said .",
                "“Fine,” he said…|`` Fine , '' he said ...",
                "Mr. Bean vs. E.T. in the U.S.|Mr. Bean vs. E.T. in the U.S.",
                "a well-made, 90-minute film -- almost|a well-made , 90-minute film -- almost",
                "a comedy/drama|a comedy\\/drama",
                "the actors' work|the actors ' work",
                "'70s rock 'n roll|'70s rock 'n roll",
                "I cannot say; gonna go|I can not say ; gon na go",
                "$9.50 for 1,000 words at 8:30?!|$ 9.50 for 1,000 words at 8:30 ? !",
                "good 😀 film|good 😀 film",
                "don’t|do n't",
                "and so on, etc.|and so on , etc. .",
                "...|...",
                "'|'",
                ".|.",
            })
    void textIsSplitAsTheTreebankIs(String typed, String words) {
        assertThat(String.join(" ", Tokenizer.split(typed))).isEqualTo(words);
    }

    @Test
    void spacesAloneAreNoWords() {
        assertThat(Tokenizer.split("")).isEmpty();
        assertThat(Tokenizer.split(" \t\n\u00a0")).isEmpty();
    }

    @Test
    void aLongTextWithoutSpacesTakesNoTime() {
        assertThat(Tokenizer.split("n't".repeat(30_000))).isNotEmpty();
        assertThat(Tokenizer.split("'s".repeat(2_000))).isNotEmpty();
        assertThat(Tokenizer.split(".'".repeat(30_000))).isNotEmpty();
    }
}
