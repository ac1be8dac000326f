package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands on networks that read: a run of made-up reviews, one of them stopped so early that it makes mistakes. */
class TextCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;

    private static Path runs;
    private static JsonNode learned;
    private static String reader;
    private static String beginner;
    private static String viewer;

    @BeforeAll
    static void train() throws IOException {
        runs = folder.resolve("runs");
        learned = train("toy-reviews", "--epochs", "4");
        reader = learned.get("run").asString();
        beginner = train("toy-reviews", "--epochs", "1", "--limit-train", "2000")
                .get("run")
                .asString();
        Path pictures = folder.resolve("pictures.yaml");
        Files.writeString(pictures, """
                experiment: pictures
                data: {set: toy-digits, count: 200}
                model: {classifier: {network: {chain: [flatten, {linear: 10}]}}}
                training: {epochs: 1, batch: 32, optimizer: {adam: 0.003}}
                """);
        viewer = train(pictures.toString()).get("run").asString();
    }

    private static JsonNode train(String... arguments) {
        var all = new ArrayList<>(List.of("train"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--runs", runs.toString(), "--threads", "1", "--json"));
        var trained = Cli.run(all.toArray(String[]::new));
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains(arguments[0].startsWith("toy") ? "tokens/s" : "images/s");
        return JSON.readTree(trained.lastLine());
    }

    @Test
    void anLstmLearnsWhatTheOrderOfWordsMeans() {
        assertThat(learned.at("/test/accuracy").asDouble()).isGreaterThan(0.97);
    }

    @Test
    void eventsTellTheWordsPerSecondAndTheRunKeepsItsVocabulary() throws IOException {
        assertThat(Files.readString(Path.of(reader, "events.jsonl"))).contains("\"tokensPerSecond\":");
        assertThat(Files.readString(Path.of(viewer, "events.jsonl"))).doesNotContain("tokensPerSecond");
        assertThat(Files.readString(Path.of(reader, "vocabulary.txt"))).startsWith("<pad>\n<unk>\nthe\n");
        assertThat(Path.of(viewer, "vocabulary.txt")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The film isn't bad at all.|positive",
                "The film is good, but the music was dull.|negative",
                "The film is good, even though the music was dull.|positive",
                "Although the film is good, the music was dull.|negative",
                "The plot was anything but boring and the cast was great.|positive",
            })
    void aTypedReviewIsUnderstood(String text, String meaning) {
        var answer = predict(reader, text);
        assertThat(answer.get("class").asString()).isEqualTo(meaning);
        assertThat(answer.at("/probabilities/negative").asDouble()
                        + answer.at("/probabilities/positive").asDouble())
                .isCloseTo(1, within(1e-5));
    }

    @Test
    void eachWordSaysWhatItDoes() {
        var answer = predict(reader, "The film is not bad 😀.");
        var words = answer.get("words");
        assertThat(words.valueStream().map(word -> word.get("word").asString()))
                .containsExactly("the", "film", "is", "not", "bad", "😀", ".");
        assertThat(words.valueStream().map(word -> word.get("known").asBoolean()))
                .containsExactly(true, true, true, true, true, false, true);
        assertThat(words.get(3).get("effect").asDouble()).as("without \"not\"").isGreaterThan(0.5);
        assertThat(words.get(0).get("effect").asDouble()).as("without \"the\"").isBetween(-0.5, 0.5);
        double whole = answer.at("/probabilities/positive").asDouble();
        assertThat(words.get(6).get("evidence").asDouble())
                .as("the state at the last token is what is classified")
                .isCloseTo(whole, within(1e-5));
        assertThat(words.get(4).get("evidence").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void theTableMarksWhatIsUnknown() {
        var shown = Cli.run("predict", reader, "--runs", runs.toString(), "--text", "the film is not xyzzy .");
        assertThat(shown.code()).isZero();
        assertThat(shown.out())
                .contains("?xyzzy", "left out", "a word that the network does not know")
                .doesNotContain("\u001b");
    }

    @Test
    void aTextMayBeLongerThanAnyItWasTrainedOn() {
        assertThat(predict(reader, "the film is not bad , ".repeat(80)).get("words"))
                .hasSize(480);
        assertThat(predict(reader, "good").get("words")).hasSize(1);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        refused(3, "the text holds no word", "predict", reader, "--text", " ");
        refused(3, "the text has 10,000 words, at most 512", "predict", reader, "--text", "good ".repeat(10_000));
        refused(2, "say what to look at", "predict", reader);
        refused(2, "not both", "predict", reader, "a.png", "--text", "good");
        refused(2, "reads text, not pictures", "predict", reader, "a.png");
        refused(2, "it reads no text", "predict", viewer, "--text", "good");
        refused(2, "only 20: set its words to 64", "train", "toy-reviews", "--set", "embedding.words=20");
        refused(
                2,
                "holds sentences, but the network has no embedding",
                "train",
                "toy-reviews",
                "--set",
                "network={chain: [{linear: 2}]}");
    }

    private static void refused(int code, String message, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--runs", runs.toString()));
        var result = Cli.run(all.toArray(String[]::new));
        assertThat(result.err()).contains(message);
        assertThat(result.code()).isEqualTo(code);
    }

    @Test
    void mapsAreOfTheStatesAtTheLastToken() {
        Path out = folder.resolve("maps");
        var made = Cli.run(
                "inspect", reader, "--runs", runs.toString(), "--method", "pca", "--out", out.toString(), "--json");
        assertThat(made.code()).as(made.err()).isZero();
        var maps = JSON.readTree(made.lastLine()).get("maps");
        assertThat(maps.valueStream().map(map -> map.get("at").asString())).containsExactly("1", "3");
        assertThat(maps.get(0).get("shape").get(0).asInt()).isEqualTo(32);
        assertThat(Cli.run("inspect", reader, "--runs", runs.toString(), "--at", "input")
                        .err())
                .contains("pass numbers of words, which have no place on a map");
    }

    @Test
    void aReportShowsMistakesAsSentences() throws IOException {
        Path out = folder.resolve("page");
        var made = Cli.run("report", beginner, "--runs", runs.toString(), "--out", out.toString());
        assertThat(made.code()).as(made.err()).isZero();
        String page = Files.readString(out.resolve("report.html"));
        assertThat(page).contains("The surest mistakes", " the ");
        assertThat(page).doesNotContain("could not be looked at", "pictures themselves");
        assertThat(out.resolve("figures/pca-1.svg")).exists();
    }

    @Test
    void anEmbeddingBeginsWithTheVectorsOfAFile() throws IOException {
        Path vectors = folder.resolve("vectors.txt");
        Files.writeString(vectors, "good %s\nbad %s\nunheard %s\n".formatted(numbers(0.5), numbers(-0.5), numbers(1)));
        var result = Cli.run(
                "train",
                "toy-reviews",
                "--runs",
                runs.toString(),
                "--epochs",
                "1",
                "--limit-train",
                "500",
                "--set",
                "data.vectors='" + vectors + "'",
                "--set",
                "embedding.frozen=true");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("word vectors cover 2 of [0-9]+ words");
        refused(
                3,
                "holds vectors of 16 numbers, the embedding has 8 units",
                "train",
                "toy-reviews",
                "--set",
                "data.vectors='" + vectors + "'",
                "--set",
                "embedding.units=8");
    }

    private static String numbers(double value) {
        return (value + " ").repeat(16).strip();
    }

    private static JsonNode predict(String run, String text) {
        var result = Cli.run("predict", run, "--runs", runs.toString(), "--json", "--text", text);
        assertThat(result.code()).as(result.err()).isZero();
        return JSON.readTree(result.lastLine());
    }
}
