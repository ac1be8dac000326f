package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands report, inspect and compare, on small runs of made-up digits. */
class ReportCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;

    private static Path runs;
    private static Path first;
    private static Path second;

    @BeforeAll
    static void trainTwice() throws IOException {
        runs = folder.resolve("Läufe");
        Path spec = folder.resolve("small.yaml");
        Files.writeString(spec, """
                experiment: small
                data: {set: toy-digits, count: 900}
                model: {classifier: {network: {chain: [{conv: {channels: 6, kernel: 5}}, relu, {maxPool: {kernel: 2, stride: 2}}, flatten, {linear: 24}, relu, {linear: 10}]}}}
                training: {epochs: 3, batch: 32, optimizer: {adam: {rate: 0.003}}}
                """);
        first = train(spec.toString());
        second = train(spec.toString(), "--seed", "1", "--epochs", "2");
    }

    private static Path train(String... arguments) {
        var all = new ArrayList<>(List.of("train"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--runs", runs.toString(), "--json"));
        var trained = Cli.run(all.toArray(String[]::new));
        assertThat(trained.code()).as(trained.err()).isZero();
        return Path.of(JSON.readTree(trained.lastLine()).get("run").asString());
    }

    @Test
    void aReportIsOnePageWithItsFiguresBeside() throws IOException {
        Path out = folder.resolve("page");
        var report = Cli.run("report", first.toString(), "--out", out.toString(), "--json");
        assertThat(report.code()).as(report.err()).isZero();
        JsonNode line = JSON.readTree(report.lastLine());
        assertThat(line.get("notes")).isEmpty();
        assertThat(line.get("probes").propertyNames()).containsExactly("2", "4", "6");
        assertThat(line.get("interval").get(0).asDouble())
                .isLessThan(line.get("accuracy").asDouble());
        assertThat(Files.readString(out.resolve("report.html")))
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "<h1>small</h1>", "Classes come apart", "How far apart, in numbers", "fathom train spec.yaml");
        assertThat(out.resolve("metrics.csv")).hasSameTextualContentAs(first.resolve("metrics.csv"));
        assertThat(names(out.resolve("figures")))
                .contains(
                        "confusion.svg",
                        "curves-loss.svg",
                        "mistakes.png",
                        "network.svg",
                        "pca-2.svg",
                        "tsne-6.svg",
                        "tsne-pictures.png",
                        "tsne-pictures-grid.svg",
                        "probes.svg",
                        "filters.svg",
                        "occlusion.svg");
    }

    /** What a convolution gives, and what is left of it after ReLU and pooling. */
    @Test
    void activationsBelowZeroHaveAColourOfTheirOwn() throws IOException {
        Path out = folder.resolve("signed");
        var report = Cli.run("report", first.toString(), "--at", "0,2", "--per-class", "5", "--out", out.toString());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<code>0</code>: 6 channels; blue is negative, orange positive</fig")
                .contains("<code>2</code>: 6 channels</fig");
    }

    @Test
    void theReportTellsTheAccuracyThatTrainingTold() throws IOException {
        Path out = folder.resolve("accuracy");
        var report = Cli.run("report", first.toString(), "--out", out.toString(), "--json");
        var eval = Cli.run("eval", first.toString(), "--json");
        assertThat(JSON.readTree(report.lastLine()).get("accuracy"))
                .isEqualTo(JSON.readTree(eval.lastLine()).get("test").get("accuracy"));
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        for (Path out : List.of(one, two)) {
            String threads = out.equals(one) ? "1" : "2";
            var report = Cli.run(
                    "report", first.toString(), "--out", out.toString(), "--threads", threads, "--per-class", "5");
            assertThat(report.code()).as(report.err()).isZero();
        }
        assertThat(contents(one)).isEqualTo(contents(two)).containsKeys("report.html", "figures/tsne-all-4.svg");
        assertThat(names(one.resolve("figures"))).contains("tsne-all-pictures-grid.png");
        assertThat(Files.readString(one.resolve("report.html")))
                .contains(
                        "All 150 examples",
                        "from 24 principal components; trustworthiness against these components"); // of 24 units
    }

    @Test
    void withoutItsWeightsARunIsReportedByItsCurves() throws IOException {
        Path run = copy(first, "no-weights");
        for (String name : names(run.resolve("checkpoints"))) {
            Files.delete(run.resolve("checkpoints").resolve(name));
        }
        var report = Cli.run("report", run.toString());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(report.err()).contains("could not be looked at");
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("class=\"warning\"", "Learning", "when it was last evaluated")
                .doesNotContain("Classes come apart");
    }

    @Test
    void aDamagedCheckpointIsSaidOnThePage() throws IOException {
        Path run = copy(first, "damaged-weights");
        for (String name : names(run.resolve("checkpoints"))) {
            Files.writeString(run.resolve("checkpoints").resolve(name), "no weights");
        }
        var report = Cli.run("report", run.toString());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(Files.readString(run.resolve("report.html"))).contains("class=\"warning\"", "Learning");
    }

    @Test
    void anUnfinishedRunWithTornEventsIsReported() throws IOException {
        Path run = copy(first, "unfinished");
        Files.delete(run.resolve("summary.json"));
        String events = Files.readString(run.resolve("events.jsonl"));
        Files.writeString(run.resolve("events.jsonl"), events.substring(0, events.length() / 2) + "\u0000{]\n");
        var report = Cli.run("report", run.toString());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(report.err()).contains("it has no summary.json");
        assertThat(Files.readString(run.resolve("report.html"))).contains("Classes come apart");
    }

    @Test
    void aRunOfAnotherVersionOrWithoutASpecIsRefusedInASentence() throws IOException {
        Path foreign = copy(first, "foreign");
        Path spec = foreign.resolve("spec.json");
        Files.writeString(spec, Files.readString(spec).replace("\"format\": 1", "\"format\": 99"));
        var report = Cli.run("report", foreign.toString());
        assertThat(report.code()).isEqualTo(1);
        assertThat(report.err())
                .contains("format 99 is not known here (this version reads 1)")
                .hasLineCount(1);
        Files.writeString(spec, "{");
        assertThat(Cli.run("report", foreign.toString()).err()).contains("is damaged");
        assertThat(Cli.run("report", "nothing", "--runs", runs.toString()).err())
                .contains("there is no run \"nothing\"")
                .doesNotContain("experiment");
        assertThat(Cli.run("report", "mnist-bset", "--runs", runs.toString()).err())
                .contains("there is no run \"mnist-bset\"", "nor is it an experiment: did you mean \"mnist-best\"?");
    }

    @Test
    void changedDataIsSaidAndTheCurvesAreShown() throws IOException {
        Path run = copy(first, "other-data");
        Path spec = run.resolve("spec.json");
        String text = Files.readString(spec);
        int at = text.indexOf("\"dataProvenance\"");
        Files.writeString(spec, text.substring(0, at) + text.substring(at).replaceFirst("\": \"", "\": \"other "));
        var report = Cli.run("report", run.toString());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(report.err()).contains("the data of run", "has changed");
        assertThat(Files.readString(run.resolve("report.html"))).contains("Learning");
    }

    @Test
    void aRunOnOtherDataIsNotRankedAmongFiguresOfItsExperimentsData() throws IOException {
        Path run = copy(first, "ranked");
        Path spec = run.resolve("spec.json");
        Files.writeString(
                spec,
                Files.readString(spec).replaceFirst("\"experiment\": \"small\"", "\"experiment\": \"mnist-cnn\""));
        var report = Cli.run("report", run.toString(), "--per-class", "5");
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("<h1>mnist-cnn</h1>", "are classified right")
                .doesNotContain("Beside others", "LeCun");
    }

    @Test
    void whatWasReportedIsNotSaidOfAnExperimentOnOtherData() throws IOException {
        assertThat(study("mnist")).contains("The course report reached 99.39 %");
        assertThat(study("fashion-mnist")).doesNotContain("The course report reached");
    }

    private static String study(String set) throws IOException {
        Path out = folder.resolve("study-" + set);
        var report = Cli.run(
                "report", "mnist-cnn", "--set", "data.set=" + set, "--runs", runs.toString(), "--out", out.toString());
        assertThat(report.code()).as(report.err()).isZero();
        return Files.readString(out.resolve("study.html"));
    }

    @Test
    void namesOfClassesAreNeverMarkup() throws IOException {
        Path run = copy(first, "names");
        Evil.name(run);
        Path out = folder.resolve("evil");
        assertThat(Cli.run("report", run.toString(), "--out", out.toString()).code())
                .isZero();
        String page = Files.readString(out.resolve("report.html"));
        assertThat(page)
                .doesNotContain("<script>alert", "<img src=x", "</svg></title>")
                .contains("&lt;script&gt;", "Größe");
        assertThat(page.split("<script", -1)).hasSize(2); // our own
        for (String name : names(out.resolve("figures"))) {
            if (name.endsWith(".svg")) {
                assertThat(Files.readString(out.resolve("figures").resolve(name)))
                        .doesNotContain("<script", "<img");
            }
        }
    }

    @Test
    void inspectMapsThePlacesThatAreAskedFor() throws IOException {
        Path out = folder.resolve("maps");
        var inspect = Cli.run(
                "inspect",
                first.toString(),
                "--at",
                "input,4",
                "--method",
                "pca",
                "--per-class",
                "5",
                "--images",
                "--split",
                "train",
                "--out",
                out.toString(),
                "--json");
        assertThat(inspect.code()).as(inspect.err()).isZero();
        JsonNode maps = JSON.readTree(inspect.lastLine()).get("maps");
        assertThat(maps).hasSize(2);
        assertThat(maps.get(1).get("points").asInt()).isEqualTo(50);
        assertThat(maps.get(1).get("trustworthiness").asDouble()).isBetween(0.5, 1.0);
        assertThat(names(out))
                .contains("pca-input.svg", "pca-4.npy", "pca-4-pictures.png", "pca-4-pictures-grid.svg", "labels.npy");
    }

    @Test
    void inspectRefusesUnknownPlacesAndTooMuchMemory() {
        var unknown = Cli.run("inspect", first.toString(), "--at", "block7");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("no layer at \"block7\": choose one of 0, 1, 2");
        var much = Cli.run("inspect", first.toString(), "--at", "0", "--per-class", "all", "--memory", "1");
        assertThat(much.code()).isEqualTo(2);
        assertThat(much.err()).contains("activations of 150 examples at \"0\" (6×24×24) need 2 MB");
        assertThat(Cli.run("inspect", first.toString(), "--per-class", "none").err())
                .contains("--per-class is a number above 0 or all; got none");
    }

    @Test
    void aSetWithTwoTestExamplesIsReportedByItsCurves() throws IOException {
        Path run = train(folder.resolve("small.yaml").toString(), "--set", "data.count=12", "--epochs", "1");
        var report = Cli.run("report", run.toString());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(report.err()).contains("has 2 examples to test on: at least 3 are needed");
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("Learning")
                .doesNotContain("NaN");
    }

    @Test
    void aReportOfTooMuchIsRefusedBeforeAnyWork() {
        var much = Cli.run("report", first.toString(), "--at", "0", "--per-class", "all", "--memory", "1");
        assertThat(much.code()).isEqualTo(2);
        assertThat(much.err()).contains("look at fewer examples a class").doesNotContain("learning probes");
    }

    /** In 1 MB are 7 examples of each of 10 classes with 6×24×24 numbers each. */
    @Test
    void probesLearnOnAsManyExamplesAsMemoryHolds() throws IOException {
        Path out = folder.resolve("little");
        var report = Cli.run(
                "report", first.toString(), "--at", "0", "--per-class", "5", "--memory", "1", "--out", out.toString());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(Files.readString(out.resolve("report.html"))).contains("is taught on 70 training examples");
    }

    @Test
    void compareTestsTheRunsOnTheSameExamples() throws IOException {
        Path out = folder.resolve("comparison");
        var compare = Cli.run("compare", first.toString(), second.toString(), "--out", out.toString(), "--json");
        assertThat(compare.code()).as(compare.err()).isZero();
        JsonNode line = JSON.readTree(compare.lastLine());
        assertThat(line.get("tests")).hasSize(1);
        JsonNode test = line.get("tests").get(0);
        double difference = line.get("runs").get(0).get("test").get("accuracy").asDouble()
                - line.get("runs").get(1).get("test").get("accuracy").asDouble();
        assertThat(test.get("onlyFirst").asInt() - test.get("onlySecond").asInt())
                .isEqualTo((int) Math.round(150 * difference));
        assertThat(Files.readString(out.resolve("compare.html")))
                .contains("<code>training.epochs</code>", "<code>seed</code>", "McNemar")
                .doesNotContain("could not be tested");
        assertThat(Cli.run("compare", first.toString()).code()).isEqualTo(2);
    }

    @Test
    void compareCallsNoRunTheBestOfThoseOnOtherData() throws IOException {
        Path other = train(folder.resolve("small.yaml").toString(), "--set", "data.count=600", "--epochs", "1");
        Path out = folder.resolve("others");
        assertThat(Cli.run("compare", first.toString(), other.toString(), "--out", out.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(out.resolve("compare.html")))
                .contains("not tested on the same examples")
                .doesNotContain("<strong>");
        assertThat(Cli.run("compare", first.toString(), second.toString(), "--out", out.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(out.resolve("compare.html"))).contains("<strong>");
    }

    @Test
    void compareCorrectsForAskingAboutEveryPair() throws IOException {
        Path twin = copy(second, "twin");
        Path out = folder.resolve("three");
        String[] three = {"compare", first.toString(), second.toString(), twin.toString(), "--out", out.toString()};
        var compare = Cli.run(three);
        assertThat(compare.out()).contains(", with Holm's correction ");
        assertThat(Files.readString(out.resolve("compare.html"))).contains("p (Holm)");
        var json = Cli.run(Stream.concat(Stream.of(three), Stream.of("--json")).toArray(String[]::new));
        var tests = JSON.readTree(json.lastLine()).get("tests");
        double p = tests.get(0).get("p").asDouble();
        assertThat(tests.valueStream().map(test -> test.get("holm").asDouble()))
                .containsExactly(Math.min(1, 3 * p), Math.min(1, 3 * p), 1.0);
    }

    @Test
    void compareDrawsNoMoreRunsThanThereAreColours() throws IOException {
        Path out = folder.resolve("many");
        var eleven = new ArrayList<>(List.of("compare", "--out", out.toString()));
        eleven.addAll(Collections.nCopies(11, second.toString()));
        var compare = Cli.run(eleven.toArray(String[]::new));
        assertThat(compare.code()).as(compare.err()).isZero();
        assertThat(Files.readString(out.resolve("compare.html"))).contains("Only the first 10 runs are drawn.");
        assertThat(Files.readString(out.resolve("figures/curves-loss.svg")))
                .contains(">J</text>")
                .doesNotContain(">K</text>");
    }

    @Test
    void compareGoesOnWhereARunHasNoWeights() throws IOException {
        Path run = copy(second, "second-without-weights");
        for (String name : names(run.resolve("checkpoints"))) {
            Files.delete(run.resolve("checkpoints").resolve(name));
        }
        Path out = folder.resolve("half");
        var compare = Cli.run("compare", first.toString(), run.toString(), "--out", out.toString());
        assertThat(compare.code()).as(compare.err()).isZero();
        assertThat(compare.err()).contains("could not be tested");
        assertThat(Files.readString(out.resolve("compare.html"))).contains("not tested on the same examples", "curves");
    }

    private static Path copy(Path run, String name) throws IOException {
        Path target = folder.resolve("copies").resolve(name).resolve(run.getFileName());
        try (var files = Files.walk(run)) {
            for (Path file : files.toList()) {
                Path to = target.resolve(run.relativize(file).toString());
                Files.createDirectories(to.getParent());
                if (Files.isRegularFile(file) && !file.startsWith(run.resolve("figures"))) {
                    Files.copy(file, to);
                } else {
                    Files.createDirectories(to);
                }
            }
        }
        return target;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString(),
                            ReportCommandTest::bytes,
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    private static String bytes(Path file) {
        try {
            return Arrays.toString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPlaceThatIsNoFolderIsRefusedBeforeAnyWork() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.md"), "mine");
        for (var arguments : List.of(
                List.of("report", first.toString()),
                List.of("inspect", first.toString()),
                List.of("compare", first.toString(), second.toString()))) {
            var all = new ArrayList<>(arguments);
            all.addAll(List.of("--out", file.resolve("page").toString()));
            var refused = Cli.run(all.toArray(String[]::new));
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("notes.md is there and is no folder")
                    .doesNotContain(" ...\n");
        }
        assertThat(file).hasContent("mine");
    }
}
