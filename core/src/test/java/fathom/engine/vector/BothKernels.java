package fathom.engine.vector;

import fathom.random.Draws;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The two spellings of the kernels, and numbers to run them on. */
final class BothKernels {
    private BothKernels() {}

    static Stream<Named<Kernels>> all() {
        return Stream.of(Named.of("Vector API", new VectorKernels()), Named.of("plain loops", new PlainKernels()));
    }

    static float[] noise(Draws draws, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        return values;
    }

    /** Halves from −2 to 2, so that many are equal and sums of a few are exact. */
    static float[] halves(Draws draws, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = draws.nextInt(9) * 0.5f - 2;
        }
        return values;
    }

    static int between(Draws draws, int least, int most) {
        return least + draws.nextInt(most - least + 1);
    }
}
