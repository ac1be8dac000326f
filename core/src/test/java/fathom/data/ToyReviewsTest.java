package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToyReviewsTest {
    private static final Dataset SET = ToyReviews.open(Data.of("toy-reviews").withCount(4000));

    @Test
    void theSizesAreThoseAskedFor() {
        assertThat(SET.examples(Split.TRAIN).size()).isEqualTo(3600);
        assertThat(SET.examples(Split.VALIDATION).size()).isEqualTo(400);
        assertThat(SET.examples(Split.TEST).size()).isEqualTo(666);
        assertThat(SET.classes()).containsExactly("negative", "positive");
    }

    @Test
    void aSentenceIsTheSameInASetOfAnySize() {
        assertThat(ToyReviews.sentences(3, Split.TRAIN, 10))
                .isEqualTo(ToyReviews.sentences(3, Split.TRAIN, 20).subList(0, 10));
        assertThat(ToyReviews.sentences(4, Split.TRAIN, 10)).isNotEqualTo(ToyReviews.sentences(3, Split.TRAIN, 10));
    }

    @Test
    void classesAreBalancedAndNoSentenceHasBothLabels() {
        var sentences = ToyReviews.sentences(0, Split.TRAIN, 4000);
        long good = sentences.stream().filter(sentence -> sentence.label() == 1).count();
        assertThat(good).isBetween(1850L, 2150L); // deviation 32
        var seen = new HashSet<List<String>>();
        var both = new HashSet<Sentence>(sentences);
        assertThat(both).allMatch(sentence -> seen.add(sentence.words()));
    }

    /** A meaning that the grammar's own code does not compute: the opinion after "but" decides, a turn changes it. */
    @Test
    void theMeaningIsThatOfEnglish() {
        var plain = ToyReviews.sentences(1, Split.TEST, 4000).stream()
                .filter(sentence -> sentence.words().contains(","))
                .toList();
        assertThat(plain).hasSizeGreaterThan(1000);
        for (Sentence sentence : plain) {
            String text = sentence.text();
            String deciding = text.startsWith("although")
                    ? text.substring(text.indexOf(',') + 1)
                    : text.contains(", but")
                            ? text.substring(text.indexOf(", but") + 5)
                            : text.substring(0, text.indexOf(','));
            boolean turned = deciding.matches(".* (not|n't|never|hardly|anything but|far from) .*");
            boolean good = deciding.matches(
                    ".*(good|great|funny|moving|clever|charming|brilliant|fresh|gripping|warm|witty|lovely).*");
            assertThat(sentence.label()).as(text).isEqualTo(good != turned ? 1 : 0);
        }
    }

    @Test
    void thePaddedBatchSaysHowLongEachSentenceIs() {
        var batch = SET.examples(Split.TRAIN).batch(IntStream.range(0, 64).toArray());
        for (int i = 0; i < 64; i++) {
            int room = batch.shape().count();
            for (int t = 0; t < room; t++) {
                assertThat(batch.inputs()[i * room + t] == Vocabulary.PADDING).isEqualTo(t >= batch.lengths()[i]);
            }
        }
    }
}
