package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.data.Attributes;
import fathom.data.Data;
import fathom.data.DataException;
import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Datasets;
import fathom.data.Split;
import fathom.random.Noise;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactorProbesTest {
    private final Dataset faces = Datasets.open(Data.of("toy-faces").withSize(8), DataPlaces.here(Optional.empty()));

    /** Codes that hold skin and glasses plainly, hair shade half drowned in noise, and nothing of the rest. */
    private Codes codes(Split split) {
        Attributes known = faces.attributes(split).orElseThrow();
        float[] skin = known.values("skin");
        float[] glasses = known.values("glasses");
        float[] shade = known.values("hair_shade");
        var noise = Noise.of(1, split.name(), 0);
        double deviation = deviation(shade);
        var means = new float[3 * known.size()];
        for (int i = 0; i < known.size(); i++) {
            means[3 * i] = 2 * skin[i] - 1;
            means[3 * i + 1] = 5 - 3 * glasses[i];
            means[3 * i + 2] = (float) (shade[i] + deviation * noise.at(i));
        }
        return new Codes(3, means, new float[means.length]);
    }

    private static double deviation(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float x : values) {
            sum += x;
            squares += (double) x * x;
        }
        double mean = sum / values.length;
        return Math.sqrt(squares / values.length - mean * mean);
    }

    @Test
    void whatTheCodesHoldIsFoundAndNothingElse() {
        var probes = FactorProbes.learn(
                codes(Split.TRAIN), faces.attributes(Split.TRAIN).orElseThrow());
        for (var scored :
                probes.test(codes(Split.TEST), faces.attributes(Split.TEST).orElseThrow())) {
            switch (scored.name()) {
                case "skin" -> assertThat(scored.score()).isCloseTo(1, within(1e-6));
                case "glasses" -> assertThat(scored.score()).isEqualTo(1);
                // Signal and noise of the same variance: R² is ½, ± 3 standard errors of about 0.016 for 2,000 faces.
                case "hair_shade" -> assertThat(scored.score()).isCloseTo(0.5, within(0.05));
                default -> assertThat(scored.score()).isCloseTo(0, within(0.02));
            }
        }
    }

    @Test
    void aDirectionLeadsAlongWhatHoldsItsAttribute() {
        Attributes known = faces.attributes(Split.TRAIN).orElseThrow();
        float[] glasses = Direction.of(codes(Split.TRAIN), known, "glasses").vector();
        assertThat(glasses[1]).isCloseTo(-3, within(1e-5f));
        assertThat(Math.abs(glasses[0])).isLessThan(0.1f);
        var skin = Direction.of(codes(Split.TRAIN), known, "skin");
        // Means of the outer thirds of a uniform number are two thirds of its range apart.
        assertThat(skin.vector()[0]).isCloseTo(2 * 2 / 3f * range(known.values("skin")), within(0.05f));
        assertThat(skin.with()).isEqualTo(skin.without());
        assertThatThrownBy(() -> Direction.of(codes(Split.TRAIN), known, "skim"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("skin");
    }

    private static float range(float[] values) {
        float least = values[0];
        float most = values[0];
        for (float x : values) {
            least = Math.min(least, x);
            most = Math.max(most, x);
        }
        return most - least;
    }

    @Test
    void theNearestExampleIsFoundAsByLookingAtEveryPair() {
        var train = faces.examples(Split.TRAIN);
        var pictures = faces.examples(Split.TEST).batch(0, 7, 11).inputs();
        var nearest = Nearest.of(train, pictures);
        int count = train.shape().count();
        for (int p = 0; p < 3; p++) {
            double least = Double.POSITIVE_INFINITY;
            int at = -1;
            for (int i = 0; i < train.size(); i++) {
                float[] other = train.batch(i).inputs();
                double sum = 0;
                for (int j = 0; j < count; j++) {
                    double d = (double) pictures[p * count + j] - other[j];
                    sum += d * d;
                }
                if (sum < least) {
                    least = sum;
                    at = i;
                }
            }
            assertThat(nearest.get(p).example()).isEqualTo(at);
            assertThat(nearest.get(p).distance()).isCloseTo(least, within(1e-5 * least));
        }
    }
}
