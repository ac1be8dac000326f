package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FallbackTest {
    @Test
    void aJvmWithoutTheVectorModuleMakesTheSameKindOfMap() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), PlainMain.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("vectors false, accuracy 1.00");
    }

    @Test
    void thisJvmHasTheVectorModule() {
        assertThat(Kernels.hasVectors()).isTrue();
        assertThat(Kernels.best().loops()).isInstanceOf(VectorLoops.class);
    }
}
