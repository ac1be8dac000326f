package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fathom.data.Data;
import fathom.data.DataPlaces;
import fathom.data.Datasets;
import fathom.data.Split;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;

    private static Path runs;
    private static Path broken;
    private static Path spec;
    private static Cli.Result trained;

    @BeforeAll
    static void trainOnce() throws IOException {
        runs = folder.resolve("Läufe mit Leerzeichen");
        broken = folder.resolve("broken");
        for (String name : List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
            Path file = broken.resolve("mnist/" + name + "-ubyte.gz");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "no digits");
        }
        spec = folder.resolve("small.yaml");
        Files.writeString(spec, """
                experiment: small
                data: {set: toy-digits, count: 600}
                model: {classifier: {network: {chain: [flatten, {linear: 32}, relu, {linear: 10}]}}}
                training: {epochs: 2, batch: 32, optimizer: {adam: {rate: 0.003}}}
                """);
        trained = Cli.run("train", spec.toString(), "--runs", runs.toString(), "--json");
    }

    @Test
    void theHelpNamesEveryCommand() {
        var help = Cli.run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains(
                        "demo",
                        "list",
                        "train",
                        "resume",
                        "eval",
                        "predict",
                        "report",
                        "inspect",
                        "compare",
                        "runs",
                        "summary",
                        "data",
                        "doctor",
                        "Exit codes");
        assertThat(Cli.run("train", "--help").out()).contains("--print-config", "--checkpoint-every", "Examples:");
    }

    /** A % that stands for itself must be written twice, or picocli warns each time the help is shown. */
    @Test
    void descriptionsAreFormats() {
        for (var command : new CommandLine(new Main()).getSubcommands().values()) {
            for (String line : command.getCommandSpec().usageMessage().description()) {
                assertThatCode(line::formatted).as(line).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void trainEndsWithOneLineOfJson() {
        assertThat(trained.err()).contains("epoch 2/2");
        assertThat(trained.code()).isZero();
        JsonNode line = JSON.readTree(trained.lastLine());
        assertThat(line.propertyNames())
                .containsExactly(
                        "run",
                        "experiment",
                        "epochs",
                        "steps",
                        "train",
                        "validation",
                        "test",
                        "imagesPerSecond",
                        "seconds");
        assertThat(line.get("experiment").asString()).isEqualTo("small");
        assertThat(line.get("steps").asInt()).isEqualTo(2 * 17);
        assertThat(line.get("test").get("accuracy").asDouble()).isBetween(0.2, 1.0);
    }

    @Test
    void evalGivesTheNumberThatTrainingGave() {
        var eval = Cli.run("eval", "latest", "--runs", runs.toString(), "--json");
        assertThat(eval.code()).isZero();
        assertThat(JSON.readTree(eval.lastLine()).get("test"))
                .isEqualTo(JSON.readTree(trained.lastLine()).get("test"));
        assertThat(JSON.readTree(eval.lastLine()).get("validation").isNull()).isTrue();
        assertThat(Cli.run("eval", "latest", "--runs", runs.toString(), "--split", "train")
                        .out())
                .contains("train accuracy", "540 images");
    }

    @Test
    void aFinishedRunIsOnlyTestedAgain() {
        var again = Cli.run("resume", "latest", "--runs", runs.toString(), "--json");
        assertThat(again.code()).isZero();
        assertThat(again.err()).doesNotContain("epoch 1/2");
        for (String part : List.of("run", "steps", "train", "validation", "test")) {
            assertThat(JSON.readTree(again.lastLine()).get(part))
                    .isEqualTo(JSON.readTree(trained.lastLine()).get(part));
        }
    }

    @Test
    void runsAreListedAlsoBesideADamagedOne() throws IOException {
        Path other = folder.resolve("other");
        copy(runs, other);
        Files.createDirectories(other.resolve("small/20260101-000000-small-dead"));
        var table = Cli.run("runs", "--runs", other.toString());
        assertThat(table.code()).isZero();
        assertThat(table.out()).contains("finished", "2/2", "damaged", "20260101-000000-small-dead");
        JsonNode list = JSON.readTree(
                Cli.run("runs", "--runs", other.toString(), "--json").out());
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.get(0).get("state").asString()).isEqualTo("finished");
    }

    @Test
    void predictReadsAPicture() throws IOException {
        var examples = Datasets.open(Data.of("toy-digits"), new DataPlaces(List.of(folder)))
                .examples(Split.TEST);
        var pixels = new float[28 * 28];
        examples.read(0, pixels, 0);
        var image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < pixels.length; i++) {
            image.getRaster().setSample(i % 28, i / 28, 0, Math.round(pixels[i] * 255));
        }
        Path file = folder.resolve("eine Ziffer, schön.png");
        ImageIO.write(image, "png", file.toFile());
        var text = Cli.run("predict", "latest", file.toString(), "--runs", runs.toString());
        assertThat(text.code()).isZero();
        assertThat(text.out().lines()).hasSize(4);
        assertThat(text.out()).startsWith(file.toString()).contains("█", " %");
        var drawn =
                Cli.run("predict", "latest", file.toString(), "--runs", runs.toString(), "--as-drawn", "--top", "10");
        assertThat(drawn.out().lines()).hasSize(11);
        JsonNode line = JSON.readTree(Cli.run("predict", "latest", file.toString(), "--runs", runs.toString(), "--json")
                .out());
        double sum = 0;
        for (JsonNode probability : line.get("probabilities").values()) {
            sum += probability.asDouble();
        }
        assertThat(sum).isBetween(0.9999, 1.0001);
    }

    @Test
    void predictRefusesWhatIsNoPictureOfSomething() throws IOException {
        Path text = folder.resolve("text.png");
        Files.writeString(text, "no picture");
        assertRefused(text, "is neither a PNG nor a JPEG picture");
        Path empty = folder.resolve("empty.png");
        ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_BYTE_GRAY), "png", empty.toFile());
        assertRefused(empty, "is empty: all of it has about the same colour");
        Path cut = folder.resolve("cut.png");
        byte[] whole = Files.readAllBytes(empty);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 20));
        assertRefused(cut, "is damaged");
        assertRefused(folder.resolve("none.png"), "does not exist");
    }

    private static void assertRefused(Path picture, String why) {
        var result = Cli.run("predict", "latest", picture.toString(), "--runs", runs.toString());
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains(picture.toString(), why);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void summaryCountsTheParametersOfTheReport() {
        assertThat(Cli.run("summary", "mlp").out()).contains("55,050", "50,240", "4,160", "650");
        assertThat(JSON.readTree(Cli.run("summary", "lenet-28", "--json").out())
                        .get("parameters")
                        .asInt())
                .isEqualTo(61_706);
        assertThat(Cli.run("summary", "lenet-28", "--input", "1x32x32").out()).contains("16×6×6");
        assertThat(Cli.run("summary", "latest", "--runs", runs.toString()).out())
                .contains("linear 32");
    }

    @Test
    void printedConfigurationTrainsAgain() throws IOException {
        var printed = Cli.run("train", spec.toString(), "--epochs", "1", "--set", "adam.rate=0.01", "--print-config");
        assertThat(printed.code()).isZero();
        assertThat(printed.out()).contains("epochs: 1", "adam: 0.01", "--set");
        Path copy = folder.resolve("copy.yaml");
        Files.writeString(copy, printed.out());
        assertThat(Cli.run("train", copy.toString(), "--print-config").out()).contains("adam: 0.01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "2 | Unknown option | list --nonsense",
                "2 | did you mean | train mnist-cnn --set training.epoch=3",
                "2 | there is no such experiment | train nonsense",
                "2 | epochs must be in 1 | train mnist-cnn --epochs 0",
                "2 | 1e9999 | train mnist-cnn --set optimizer.rate=1e9999",
                "2 | needs a flat vector | train toy-digits --set network={'chain':[{'linear':10}]}",
                "2 | but the data has 10 classes | train toy-digits --set network={'chain':[flatten,{'linear':9}]}",
                "1 | there is no engine | train toy-digits --engine nonsense",
                "3 | expected SHA-256 | train mnist-cnn --data-dir BROKEN",
                "3 | did you mean | train mnist-cnn --data mnst",
                "1 | there is no run | eval nonsense",
                "2 | Missing required parameter | eval",
                "2 | Missing command | ",
            })
    void whatIsWrongIsSaidAndHasItsExitCode(int code, String message, String arguments) {
        var words = arguments == null
                ? new String[0]
                : arguments.replace("BROKEN", broken.toString()).split(" ");
        var withRuns = List.of("train", "eval").contains(words.length == 0 ? "" : words[0]) && words.length > 1;
        var all = withRuns
                ? java.util.stream.Stream.concat(
                                java.util.Arrays.stream(words), java.util.stream.Stream.of("--runs", runs.toString()))
                        .toArray(String[]::new)
                : words;
        var result = Cli.run(all);
        assertThat(result.err()).contains(message);
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aTrainingThatDivergesSaysWhereAndKeepsItsCheckpoint() {
        Path own = folder.resolve("diverged");
        var result = Cli.run(
                "train",
                spec.toString(),
                "--set",
                "optimizer={sgd: {rate: 1e6}}",
                "--set",
                "network={chain: [flatten, {linear: 32}, {linear: 10}]}",
                "--checkpoint-every",
                "1",
                "--runs",
                own.toString());
        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("step", "layer", "checkpoint");
        assertThat(Cli.run("runs", "--runs", own.toString()).out()).contains("diverged");
    }

    @Test
    void aDamagedCheckpointIsPutAsideAndTheOneBeforeIsUsed() throws IOException {
        Path own = folder.resolve("damaged");
        copy(runs, own);
        Path checkpoints = only(own.resolve("small")).resolve("checkpoints");
        byte[] bytes = Files.readAllBytes(checkpoints.resolve("last.safetensors"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(checkpoints.resolve("last.safetensors"), bytes);
        var resumed = Cli.run("resume", "latest", "--runs", own.toString(), "--json");
        assertThat(resumed.code()).isZero();
        assertThat(Files.exists(checkpoints.resolve("last.safetensors.damaged")))
                .isTrue();
        assertThat(JSON.readTree(resumed.lastLine()).get("test"))
                .isEqualTo(JSON.readTree(trained.lastLine()).get("test"));
        for (Path file : List.of("last", "previous", "best").stream()
                .map(name -> checkpoints.resolve(name + ".safetensors"))
                .toList()) {
            Files.writeString(file, "nonsense");
        }
        assertThat(Cli.run("resume", "latest", "--runs", own.toString()).code()).isEqualTo(4);
        assertThat(Cli.run("eval", "latest", "--runs", own.toString()).code()).isEqualTo(4);
    }

    @Test
    void theListsNameWhatIsBuiltIn() {
        assertThat(Cli.run("list").out()).contains("mnist-cnn", "deep-inception", "fashion-mnist");
        assertThat(Cli.run("list", "models").out()).contains("55,050").doesNotContain("fashion-mnist");
        assertThat(Cli.run("data", "list", "--data-dir", folder.toString()).out())
                .contains("toy-digits", "toy-faces", "lfw", folder.toString());
        var verified = Cli.run("data", "verify", "mnist", "--data-dir", broken.toString());
        assertThat(verified.code()).isEqualTo(3);
        assertThat(verified.out()).contains("damaged", "expected SHA-256 440fcabf");
    }

    @Test
    void anArchiveOfFacesIsVerifiedButNotFetched() throws IOException {
        Path lfw = Files.createDirectories(folder.resolve("faces/lfw")).resolve("lfw-deepfunneled.tgz");
        Files.writeString(lfw, "no archive");
        var verified = Cli.run(
                "data", "verify", "lfw", "--data-dir", folder.resolve("faces").toString());
        assertThat(verified.code()).isEqualTo(3);
        assertThat(verified.out()).contains("damaged", lfw + " is damaged: Not in GZIP format");
        assertThat(Cli.run("data", "fetch", "lfw").err()).contains("it is not fetched: get lfw-deepfunneled.tgz");
    }

    private static Path only(Path parent) throws IOException {
        try (var children = Files.list(parent)) {
            return children.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
