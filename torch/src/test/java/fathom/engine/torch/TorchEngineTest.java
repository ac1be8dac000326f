package fathom.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Batch;
import fathom.engine.*;
import fathom.model.*;
import fathom.random.Draws;
import org.junit.jupiter.api.Test;

class TorchEngineTest {
    @Test
    void try1() {
        var engine = new TorchEngine();
        System.out.println(engine.facts());
        for (var entry : Models.all()) {
            int[] labels = new int[64];
            float[] x = new float[64 * entry.input().count()];
            var draws = Draws.of(1, "x", 0);
            for (int i = 0; i < x.length; i++) x[i] = (float) draws.nextGaussian();
            for (int i = 0; i < 64; i++) labels[i] = draws.nextInt(10);
            var net = Network.of(entry.network().get(), entry.input());
            try (var l = engine.open(new Assignment(net, new Loss.CrossEntropy(0), Optimizer.adam(1e-3), 0, 1, new Compute("torch", Device.CPU, Precision.FP32, 0)))) {
                var b = new Batch(entry.input(), x, labels);
                int n = entry.name().startsWith("deep") ? 4 : 30;
                long t = System.nanoTime();
                for (int i = 0; i < n; i++) { var s = l.step(b, i, 1e-3); if (i % 10 < 3) System.out.println(entry.name() + " " + i + " " + s); }
                System.out.println(entry.name() + " img/s " + n * 64 * 1e9 / (System.nanoTime() - t));
            }
        }
    }
}
