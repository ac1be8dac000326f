package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job on the real data, which lies where {@code FATHOM_DATA} says. */
@Tag("real")
class RealDataTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path runs;

    @Test
    void theFirstNetworkReachesNinetyPercentOnRawPixels() {
        assertThat(accuracy(train("mnist-mlp"))).isGreaterThan(0.9);
    }

    @Test
    void savedWeightsGiveTheSameNumberInAnotherProcess() throws IOException, InterruptedException {
        JsonNode trained = train("mnist-lenet-small", "--epochs", "1");
        assertThat(accuracy(trained)).isGreaterThan(0.9);
        var process = Cli.start(runs, "eval", "latest", "--runs", runs.toString(), "--json");
        assertThat(process.waitFor()).isZero();
        JsonNode again = JSON.readTree(Files.readString(runs.resolve("out.txt")));
        assertThat(again.get("test")).isEqualTo(trained.get("test"));
    }

    @Test
    void garmentsAreLearntAtThirtyTwoPixels() {
        assertThat(accuracy(train("fashion-lenet", "--epochs", "2"))).isGreaterThan(0.72);
    }

    private JsonNode train(String experiment, String... more) {
        var arguments = new ArrayList<String>(List.of("train", experiment, "--runs", runs.toString(), "--json"));
        arguments.addAll(List.of(more));
        var result = Cli.run(arguments.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return JSON.readTree(result.lastLine());
    }

    private static double accuracy(JsonNode result) {
        return result.get("test").get("accuracy").asDouble();
    }

    /** Report A: classes are mixed at first and come apart with depth; at its three places, and the pixels before them. */
    @Test
    void probesOfTheDigitNetworkRiseWithDepth() {
        String run = train("mnist-cnn", "--epochs", "1").get("run").asString();
        var report = Cli.run("report", run, "--json", "--at", "input,block1.3,block2.3,5");
        assertThat(report.code()).as(report.err()).isZero();
        var probes = JSON.readTree(report.lastLine()).get("probes");
        var accuracies = probes.values().stream().map(JsonNode::asDouble).toList();
        assertThat(accuracies).hasSize(4).isSorted();
        assertThat(accuracies.getLast() - accuracies.getFirst()).isGreaterThan(0.05);
    }

    /** Report G, for a minute: photographs of faces are described better and better, and shown. */
    @Test
    void facesAreDescribedBetterWithEachEpochAndDrawn() throws IOException {
        String run = train(
                        "lfw-vae",
                        "--epochs",
                        "3",
                        "--set",
                        "training.batch=32",
                        "--set",
                        "data.limitTrain=900",
                        "--set",
                        "data.size=64")
                .get("run")
                .asString();
        var errors = new ArrayList<Double>();
        for (var row : Files.readAllLines(Path.of(run, "metrics.csv")).subList(1, 4)) {
            String[] cells = row.split(",", -1);
            errors.add(Double.parseDouble(cells[8]) - Double.parseDouble(cells[10])); // test loss less divergence
        }
        assertThat(errors).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(errors.getLast()).isLessThan(0.97 * errors.getFirst());

        var drawn = json("reconstruct", run, "--count", "9");
        assertThat(drawn.get("meanSquaredError").asDouble()).isLessThan(0.06);
        int grid = 3 * 128 + 2 * 2; // pictures of twice 64 pixels, with gaps
        assertThat(width(drawn)).isEqualTo(2 * grid + 18 + 2 * 10);
        var moved = json("attribute", run, "--attribute", "Male", "--steps", "6");
        assertThat(moved.get("with").asInt() + moved.get("without").asInt()).isBetween(880, 900);
        assertThat(width(moved)).isEqualTo(7 * 128 + 5 * 2 + 18 + 2 * 10);
    }

    private static JsonNode json(String command, String run, String... more) {
        var arguments = new ArrayList<String>(List.of(command, run, "--json"));
        arguments.addAll(List.of(more));
        var result = Cli.run(arguments.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return JSON.readTree(result.lastLine());
    }

    private static int width(JsonNode line) throws IOException {
        return ImageIO.read(Path.of(line.get("file").asString()).toFile()).getWidth();
    }
}
