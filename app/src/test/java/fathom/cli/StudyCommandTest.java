package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands train, results and report on a small experiment of several runs. */
class StudyCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;

    private static Path file;
    private static Path runs;
    private static Cli.Result trained;

    @BeforeAll
    static void train() throws IOException {
        file = folder.resolve("toy.yaml");
        runs = folder.resolve("runs");
        Files.writeString(file, """
                question: Does a larger rate help?
                experiment: toy
                data: {set: toy-digits, count: 600}
                model: {classifier: {network: {chain: [flatten, {linear: 10}]}}}
                training: {epochs: 2, batch: 32, optimizer: {sgd: 0.1}}
                variants: {optimizer.rate: [0.01, 0.1, 0.3]}
                seeds: 0..2
                """);
        trained = Cli.run("train", file.toString(), "--jobs", "2", "--runs", runs.toString());
    }

    private static Cli.Result run(String command, String... more) {
        var arguments = new ArrayList<>(List.of(command, file.toString(), "--runs", runs.toString()));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void trainingSaysWhatHappensAndEndsWithTheResults() {
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err())
                .contains("9 runs, 9 waiting", "rate 0.01, seed 0 begins", "rate 0.3, seed 2: test accuracy");
        assertThat(trained.out())
                .startsWith("Does a larger rate help?")
                .contains("± deviation", "95 % interval", "Highest mean: rate ");
        assertThat(run("results").out()).isEqualTo(trained.out());
    }

    @Test
    void whatIsWholeIsNotTrainedAgain() {
        var again = run("train", "--json");
        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("9 runs, 9 finished").doesNotContain("begins");
        assertThat(JSON.readTree(again.lastLine()).get("variants")).hasSize(3);
    }

    @Test
    void pageCsvAndJsonHoldTheSameNumbers() throws IOException {
        JsonNode json = JSON.readTree(run("results", "--json").lastLine());
        var variants = run("results", "--csv").out().split("\r\n", -1);
        var every = run("results", "--csv", "runs").out().split("\r\n", -1);
        assertThat(variants).hasSize(5);
        assertThat(every).hasSize(11);
        for (int i = 0; i < 3; i++) {
            JsonNode variant = json.get("variants").get(i);
            var cells = variants[i + 1].split(",", -1);
            assertThat(cells[0]).isEqualTo(variant.get("variant").asString());
            assertThat(cells[2]).isEqualTo(variant.get("mean").asString());
            assertThat(cells[3]).isEqualTo(variant.get("deviation").asString());
            double sum = 0;
            for (int seed = 0; seed < 3; seed++) {
                JsonNode one = variant.get("runs").get(seed);
                sum += one.get("value").asDouble();
                assertThat(every[1 + 3 * i + seed].split(",", -1)[5])
                        .isEqualTo(one.get("value").asString());
                JsonNode summary = JSON.readTree(Path.of(one.get("run").asString(), "summary.json"));
                assertThat(one.get("value")).isEqualTo(summary.get("test").get("accuracy"));
            }
            assertThat(variant.get("mean").asDouble()).isCloseTo(sum / 3, Assertions.within(1e-15));
            assertThat(variant.get("curve")).hasSize(2);
        }
        Path page = folder.resolve("page");
        assertThat(run("report", "--out", page.toString()).code()).isZero();
        assertThat(Files.readString(page.resolve("variants.csv")))
                .isEqualTo(run("results", "--csv").out());
        assertThat(Files.readString(page.resolve("runs.csv")))
                .isEqualTo(run("results", "--csv", "runs").out());
        assertThat(JSON.readTree(page.resolve("study.json"))).isEqualTo(json);
        var html = Files.readString(page.resolve("study.html"));
        assertThat(html).contains(json.get("verdict").asString(), "Every run", "curves-test");
        for (JsonNode variant : json.get("variants")) {
            assertThat(html)
                    .contains("%.2f\u00a0%%".formatted(100 * variant.get("mean").asDouble()));
        }
        assertThat(page.resolve("figures/curves-test.svg")).content().contains("band");
        assertThat(page.resolve("figures/means.svg")).exists();
    }

    @Test
    void aPageSaysWhoseNumbersItHasAndIsMadeBeforeThereAreAny() throws IOException {
        Path page = folder.resolve("early");
        var made = Cli.run("report", "sst2-depth", "--runs", runs.toString(), "--out", page.toString());
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(page.resolve("study.html"))
                .content()
                .contains("No run is whole yet.", "Of the weights with the highest validation accuracy")
                .doesNotContain("lowest validation loss");
    }

    @Test
    void aVariantCanBeTestedAgainst() {
        var json =
                JSON.readTree(run("results", "--against", "rate 0.01", "--json").lastLine());
        assertThat(json.get("reference").asString()).isEqualTo("rate 0.01");
        assertThat(json.get("tests")
                        .valueStream()
                        .map(test -> test.get("variant").asString()))
                .containsExactly("rate 0.1", "rate 0.3");
        var wrong = run("results", "--against", "rate 7");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("there is no variant \"rate 7\"; there are rate 0.01, rate 0.1, rate 0.3");
    }

    @Test
    void otherSettingsAreOtherRuns() {
        assertThat(run("results", "--epochs", "9").out()).contains("No run is whole yet.");
        Path page = folder.resolve("nine");
        assertThat(run("report", "--epochs", "9", "--set", "batch=16", "--out", page.toString())
                        .code())
                .isZero();
        assertThat(page.resolve("study.html")).content().contains("No run is whole yet.", "epochs: 9", "batch: 16");
        var ofRun = Cli.run("report", "latest", "--epochs", "9", "--runs", runs.toString());
        assertThat(ofRun.code()).isEqualTo(2);
        assertThat(ofRun.err()).contains("are for an experiment, and there is none called latest");
        var one = run("results", "--variant", "rate 0.1", "--seeds", "1", "--json");
        assertThat(JSON.readTree(one.lastLine()).get("variants").get(0).get("n").asInt())
                .isEqualTo(1);
    }

    @Test
    void theConfigurationItPrintsIsTheSameExperiment() throws IOException {
        Path printed = folder.resolve("printed.yaml");
        Files.writeString(printed, run("train", "--print-config").out());
        var results = Cli.run("results", printed.toString(), "--runs", runs.toString());
        assertThat(results.err()).isEmpty();
        assertThat(results.out()).isEqualTo(trained.out());
    }

    @Test
    void oneThatDivergesIsListedAndTheExitCodeSaysSo() throws IOException {
        Path wild = folder.resolve("wild.yaml");
        Files.writeString(
                wild,
                Files.readString(file)
                        .replace("experiment: toy", "experiment: wild")
                        .replaceAll(
                                "variants: .*",
                                "variants: [{name: calm}, {name: wild, set: {optimizer.rate: 1e6, network: mlp}}]"));
        var result = Cli.run("train", wild.toString(), "--runs", runs.toString());
        assertThat(result.code()).isEqualTo(6);
        assertThat(result.out())
                .contains("wild, seeds 0, 1, 2: diverged: the loss became", "3 of 6 runs are whole; only those count");
    }

    @Test
    void flagsThatDoNotFitAreExplained() {
        var seed = run("train", "--seed", "3");
        assertThat(seed.code()).isEqualTo(2);
        assertThat(seed.err()).contains("--seed is for a single run; toy has several: give --seeds");
        var variant = run("train", "--variant", "rate 0.12");
        assertThat(variant.code()).isEqualTo(2);
        assertThat(variant.err()).contains("did you mean \"rate 0.1\"?");
        assertThat(run("train", "--halving", "3,1").err()).contains("rising epochs");
        assertThat(run("train", "--jobs", "-1").err()).contains("jobs must be at least 1");
    }

    /** One run, but not that of the spec alone. */
    @Test
    void aFileOfOneSeedAndOneVariantIsTakenAtItsWord() throws IOException {
        Path one = folder.resolve("one.yaml");
        Files.writeString(
                one,
                Files.readString(file)
                        .replace("experiment: toy", "experiment: one")
                        .replace("epochs: 2", "epochs: 1")
                        .replaceAll("variants: .*", "variants: {batch: [64]}")
                        .replace("seeds: 0..2", "seeds: 7"));
        assertThat(Cli.run("train", one.toString(), "--runs", runs.toString()).code())
                .isZero();
        var results = Cli.run("results", one.toString(), "--runs", runs.toString(), "--json");
        assertThat(JSON.readTree(results.lastLine())
                        .get("variants")
                        .get(0)
                        .get("n")
                        .asInt())
                .isEqualTo(1);
        var seed = Cli.run("train", one.toString(), "--seed", "3", "--runs", runs.toString());
        assertThat(seed.code()).isEqualTo(2);
        assertThat(seed.err()).contains("--seed is for a run without --seeds").doesNotContain("has several");
    }

    @Test
    void aPrintedSeedIsTrained() throws IOException {
        Path printed = folder.resolve("seven.yaml");
        Files.writeString(
                printed,
                Cli.run("train", "mnist-cnn", "--seeds", "7", "--print-config").out());
        assertThat(Cli.run("train", printed.toString(), "--print-config").out())
                .isEqualTo(Files.readString(printed))
                .contains("seeds:");
        assertThat(Cli.run("train", "mnist-cnn", "--seed", "3", "--print-config")
                        .out())
                .contains("seed: 3")
                .doesNotContain("seeds:");
    }

    @Test
    void aFileWhereAFolderMustBeIsNamed() throws IOException {
        Path page = Files.createDirectories(folder.resolve("blocked"));
        Files.writeString(page.resolve("figures"), "mine");
        assertThat(run("report", "--out", page.toString()).err()).contains("figures is there and is no folder");
        var refused = run("report", "--out", file.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("toy.yaml is there and is no folder: name another by --out");
    }
}
