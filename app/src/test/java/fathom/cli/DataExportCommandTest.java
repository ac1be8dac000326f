package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.manifold.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class DataExportCommandTest {
    @TempDir
    private Path folder;

    private Cli.Result export(String set, String... more) {
        var arguments = new String[4 + more.length];
        arguments[0] = "data";
        arguments[1] = "export";
        arguments[2] = set;
        arguments[3] = folder.resolve("points.npy").toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Cli.run(arguments);
    }

    private Cli.Result exportCsv(String content, String... more) throws IOException {
        return export(Files.writeString(folder.resolve("table.csv"), content).toString(), more);
    }

    @Test
    void aMarkOfByteOrderIsNoHeading() throws IOException {
        assertThat(exportCsv("\uFEFF1,2\n3,4\n").code()).isZero();
        assertThat(Npy.read(folder.resolve("points.npy")).values()).containsExactly(1, 2, 3, 4);
        assertThat(exportCsv("\uFEFFa,b\n3,4\n").code()).isZero();
        assertThat(Npy.read(folder.resolve("points.npy")).values()).containsExactly(3, 4);
    }

    @Test
    void labelsAreReadToTheLastDigit() throws IOException {
        assertThat(exportCsv("16777217,5\n-3.0, 6\n", "--label-column", "0").code())
                .isZero();
        assertThat(Npy.readLabels(folder.resolve("points.labels.npy"))).containsExactly(16_777_217, -3);
        assertThat(Npy.read(folder.resolve("points.npy")).values()).containsExactly(5, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "NaN", "3000000000", "", "cat"})
    void aLabelThatIsNoWholeNumberIsRefused(String label) throws IOException {
        var refused = exportCsv("1,2\n3," + label + "\n", "--label-column", "1");
        assertThat(refused.code()).isEqualTo(Failures.DATA);
        assertThat(refused.err()).contains("table.csv, line 2: the label \"" + label + "\" is no whole number");
    }

    @ParameterizedTest
    @CsvSource({"--count, 0", "--size, -1", "--crop, 99999"})
    void aNumberOutOfItsRangeIsWrongUsage(String option, String value) {
        var refused = export("toy-digits", option, value);
        assertThat(refused.code()).isEqualTo(Failures.USAGE);
        assertThat(refused.err()).contains(option.substring(2) + " must be in ", value);
    }

    @Test
    void moreNumbersThanATableHoldsAreRefused() {
        var spec = new CommandLine(new Main()).getCommandSpec();
        assertThatCode(() -> DataExportCommand.requireRoom(spec, "lfw", 13_233, 3 * 230 * 230))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DataExportCommand.requireRoom(spec, "lfw", 13_233, 3 * 250 * 250))
                .isInstanceOf(ParameterException.class)
                .hasMessageContainingAll("lfw has 13,233 × 187,500 numbers", "--size", "--crop", "--split");
    }

    @Test
    void tooLittleMemoryIsSaidInALine() throws Exception {
        var export = Cli.start(
                folder,
                List.of("-Xmx16m"),
                "data",
                "export",
                "toy-digits",
                folder.resolve("points.npy").toString(),
                "--count",
                "5000");
        assertThat(export.waitFor()).isEqualTo(Failures.FAILURE);
        assertThat(folder.resolve("err.txt"))
                .content()
                .contains("fathom: out of memory (", "FATHOM_JAVA_OPTS=-Xmx")
                .doesNotContain("\tat ");
    }

    /** Digits of its own, and a comma for the point. */
    @Test
    void theLocaleChangesNoNumber() throws Exception {
        var export = Cli.start(
                folder,
                List.of("-Duser.language=ar", "-Duser.country=EG"),
                "data",
                "export",
                "toy-digits",
                folder.resolve("points.npy").toString(),
                "--count",
                "6");
        assertThat(export.waitFor()).isZero();
        assertThat(folder.resolve("out.txt")).content().startsWith("wrote 7 × 784 to");
        assertThat(Npy.shape(folder.resolve("points.npy"))).containsExactly(7, 784);
    }
}
