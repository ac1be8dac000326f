package fathom.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Engine;
import fathom.engine.EngineException;
import fathom.engine.Engines;
import fathom.engine.Learners;
import fathom.engine.Optimizer;
import fathom.engine.Precision;
import fathom.model.Loss;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TorchEngineTest {
    private static final Compute ON_CPU = new Compute("torch", Device.CPU, Precision.FP32, 0);
    private static final Compute ON_GPU = new Compute("torch", Device.CUDA, Precision.FP32, 0);

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(Engines.choose(ON_CPU)).isInstanceOf(TorchEngine.class);
    }

    @Test
    void itsFactsNameTheBuild() {
        assertThat(new TorchEngine().facts())
                .containsKeys("cpu capability", "cuda", "oneDNN", "MKL", "OpenBLAS")
                .hasEntrySatisfying("oneDNN", use -> assertThat(use).startsWith(Natives.oneDnn() ? "yes" : "off"))
                .hasEntrySatisfying("libtorch", version -> assertThat(version).matches("\\d+\\.\\d+\\.\\d+-.*"));
    }

    @Test
    void aMissingGpuIsExplained() {
        assumeThat(torch.cuda_is_available()).isFalse();
        assertThat(new TorchEngine().problem(ON_GPU).orElseThrow()).contains("use the device cpu");
        var network = Learners.network("mlp");
        assertThatThrownBy(() -> new TorchEngine()
                        .open(new Assignment(network, new Loss.CrossEntropy(0), Optimizer.sgd(0.1), 0, 0, 1, ON_GPU)))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void smallNetworksGetOneThreadAndLargeOnesAllUnlessAskedFor() {
        var network = Learners.network("mlp");
        var learners = new Learners(new TorchEngine());
        try (var one = learners.open(network, Optimizer.sgd(0.1), 1, 0);
                var asked = learners.open(network, Optimizer.sgd(0.1), 1, 2)) {
            assertThat(one.threads()).isEqualTo(1);
            try (var large = learners.open(Learners.network("deep-inception"), Optimizer.sgd(0.1), 1, 0)) {
                assertThat(large.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
            }
            assertThat(asked.threads()).isEqualTo(2);
            assertThat(asked.step(Learners.noise(network.input(), 4), 0, 0.1).loss())
                    .isPositive();
        }
    }

    /** Help, lists and summaries must not wait for a hundred megabytes of libraries. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void namingItLoadsNoNativeCode() throws Exception {
        assertThat(child("name")).isEqualTo("torch: false");
        assertThat(child("problem")).isEqualTo("torch: true");
    }

    private static String child(String what) throws Exception {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        what))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** A process of its own: says the engine's name and whether libtorch lies in its memory. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Engine engine = Engines.present().getFirst();
            String name = engine.about().isEmpty() ? "" : engine.name();
            if (arguments[0].equals("problem")) {
                engine.problem(ON_CPU);
            }
            boolean loaded = Files.readString(Path.of("/proc/self/maps")).contains("libtorch_cpu");
            System.out.println(name + ": " + loaded);
        }
    }
}
