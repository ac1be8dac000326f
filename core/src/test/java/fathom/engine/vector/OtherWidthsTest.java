package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same checks on vectors of other widths than this machine's, and without the Vector API. */
class OtherWidthsTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    @Test
    void vectorsOf256BitsComputeTheSame() throws Exception {
        assumeX86();
        String said = checkedWith(VECTORS, "-XX:UseAVX=2");
        assumeThat(said).as("this processor has vectors of 256 bits").contains("lanes=");
        assumeThat(said).as("this processor has vectors of 256 bits").doesNotContain("128 bits");
        assertThat(said).contains("256 bits", "lanes=8");
    }

    @Test
    void vectorsOf128BitsComputeTheSame() throws Exception {
        assertThat(checkedWith(VECTORS, "-XX:MaxVectorSize=16")).contains("128 bits", "lanes=4");
    }

    @Test
    void plainLoopsTakeOverWithoutTheVectorModule() throws Exception {
        assertThat(checkedWith()).contains("plain loops");
    }

    private static void assumeX86() {
        assumeThat(System.getProperty("os.arch", ""))
                .as("the option is of x86 only")
                .isIn("amd64", "x86_64");
    }

    /** What the process said; it must have ended well. */
    private static String checkedWith(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(
                List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), ChecksInAnotherJvm.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).contains(ChecksInAnotherJvm.GOOD);
            return said;
        }
    }
}
