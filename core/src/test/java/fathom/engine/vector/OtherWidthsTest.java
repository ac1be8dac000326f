package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same checks on vectors of other widths than this machine's, and without the Vector API. */
class OtherWidthsTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    /** The processes work beside each other; each says what it has to say in a file. */
    @TempDir
    private static Path folder;

    private static Process wide;
    private static Process narrow;
    private static Process plain;

    @BeforeAll
    static void begin() throws IOException {
        wide = checks("wide", VECTORS, "-XX:UseAVX=2");
        narrow = checks("narrow", VECTORS, "-XX:MaxVectorSize=16");
        plain = checks("plain");
    }

    @AfterAll
    static void end() {
        Stream.of(wide, narrow, plain).filter(Objects::nonNull).forEach(Process::destroyForcibly);
    }

    @Test
    void vectorsOf256BitsComputeTheSame() throws Exception {
        assumeX86();
        String said = wordsOf(wide, "wide");
        assumeThat(said).as("this processor has vectors of 256 bits").contains("lanes=");
        assumeThat(said).as("this processor has vectors of 256 bits").doesNotContain("128 bits");
        assertThat(said).contains("256 bits", "lanes=8");
    }

    @Test
    void vectorsOf128BitsComputeTheSame() throws Exception {
        assertThat(wordsOf(narrow, "narrow")).contains("128 bits", "lanes=4");
    }

    @Test
    void plainLoopsTakeOverWithoutTheVectorModule() throws Exception {
        assertThat(wordsOf(plain, "plain")).contains("plain loops");
    }

    private static void assumeX86() {
        assumeThat(System.getProperty("os.arch", ""))
                .as("the option is of x86 only")
                .isIn("amd64", "x86_64");
    }

    private static Process checks(String name, String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(
                List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), ChecksInAnotherJvm.class.getName()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile())
                .start();
    }

    /** What the process said; it must have ended well. */
    private static String wordsOf(Process process, String name) throws IOException, InterruptedException {
        int status = process.waitFor();
        String said = Files.readString(folder.resolve(name));
        assertThat(status).as(said).isZero();
        assertThat(said).contains(ChecksInAnotherJvm.GOOD);
        return said;
    }
}
