package fathom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Augmentation;
import fathom.data.Data;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Models;
import fathom.train.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BinderTest {
    private final Binder binder = Sample.binder();

    private static Stream<Models.Entry> models() {
        return Models.all().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyNetworkComesBackFromYamlAndJson(Models.Entry entry) {
        Layer network = entry.network().get();

        Node node = binder.write(network, Layer.class);

        assertThat(read(Yaml.of(node), Layer.class)).isEqualTo(network);
        assertThat(binder.read(Document.parse("m.json", Json.of(node)), Layer.class))
                .isEqualTo(network);
        assertThat(binder.read(Document.parse("m.json", Json.indented(node)), Layer.class))
                .isEqualTo(network);
        Node full = binder.writeFully(network, Layer.class, Place.DEFAULT);
        assertThat(read(Yaml.of(full), Layer.class)).isEqualTo(network);
    }

    @ParameterizedTest
    @MethodSource("models")
    void aNameStandsForItsNetwork(Models.Entry entry) {
        assertThat(read(entry.name(), Layer.class)).isEqualTo(entry.network().get());
    }

    @Test
    void aNetworkIsWrittenInItsShortestForm() {
        Layer network = Layer.chain(
                Layer.convSame(32, 3),
                Layer.batchNorm(),
                Layer.relu(),
                Layer.dropout(0.1),
                Layer.named("block", Layer.leakyRelu(), new Layer.LeakyRelu(0.2)),
                Layer.residual(Layer.chain()),
                Layer.flatten(),
                new Layer.Linear(10, false),
                Layer.linear(10));

        assertThat(Yaml.of(binder.write(network, Layer.class))).isEqualTo("""
                        chain:
                          - conv: {channels: 32, kernel: 3, padding: 1}
                          - batchNorm
                          - relu
                          - dropout: 0.1
                          - named: {name: block, layer: {chain: [leakyRelu, {leakyRelu: 0.2}]}}
                          - residual: {body: {chain: []}}
                          - flatten
                          - linear: {units: 10, bias: false}
                          - linear: 10
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    linear: 10                   | Linear[units=10, bias=true]
                    linear: {units: 10}          | Linear[units=10, bias=true]
                    relu                         | Relu[]
                    relu:                        | Relu[]
                    relu: {}                     | Relu[]
                    layerNorm                    | LayerNorm[epsilon=1.0E-5]
                    layerNorm: 1e-3              | LayerNorm[epsilon=0.001]
                    layerNorm: .5                | LayerNorm[epsilon=0.5]
                    chain: [relu, {linear: 2}]   | Chain[layers=[Relu[], Linear[units=2, bias=true]]]
                    dropout: 0.1                 | Dropout[rate=0.1]
                    dropout: 0                   | Dropout[rate=0.0]
                    residual: tanh               | Residual[body=Tanh[], shortcut=Chain[layers=[]]]
                    {"conv": {"channels": 3, "kernel": 1}} | Conv[channels=3, kernel=1, stride=1, padding=0, bias=true]
                    """)
    void layersMayBeWrittenShort(String yaml, String value) {
        assertThat(read(yaml, Layer.class)).hasToString(value);
    }

    @Test
    void aSpecificationReadsWithItsDefaults() {
        Sample.Whole whole = read(Sample.YAML, Sample.Whole.class);

        assertThat(whole.seed()).isEqualTo(1);
        assertThat(whole.data().scale()).isEqualTo(new Data.Scale.Unit());
        assertThat(whole.data().fit()).isEqualTo(Data.Fit.RESIZE);
        assertThat(whole.training().optimizer()).isEqualTo(Optimizer.adam(0.001));
        assertThat(whole.training().schedule()).isEqualTo(new Schedule.Constant());
        assertThat(whole.model()).hasFieldOrPropertyWithValue("loss", new Loss.CrossEntropy(0));
        assertThat(read(Yaml.of(binder.write(whole, Sample.Whole.class)), Sample.Whole.class))
                .isEqualTo(whole);
    }

    @Test
    void casesWithSettingsAndListsOfCasesRead() {
        Data data = read("""
                set: digits
                scale: {normalise: {mean: 0.1307, deviation: 0.3081}}
                fit: PAD
                augmentation:
                - shift: 2
                - flip
                - erase: {largest: 0.2}
                - early: {until: 0.5, changes: [{shift: 3}, flip]}
                """, Data.class);

        assertThat(data.scale()).isEqualTo(new Data.Scale.Normalise(0.1307, 0.3081));
        assertThat(data.fit()).isEqualTo(Data.Fit.PAD);
        assertThat(data.augmentation())
                .containsExactly(
                        new Augmentation.Shift(2),
                        new Augmentation.Flip(),
                        new Augmentation.Erase(0.5, 0.02, 0.2),
                        new Augmentation.Early(0.5, List.of(new Augmentation.Shift(3), new Augmentation.Flip())));
    }

    @Test
    void enumsTakeCamelKebabAndConstantSpelling() {
        for (String spelling : List.of("darkBlue", "dark-blue", "DARK_BLUE", "darkblue")) {
            assertThat(read("colour: " + spelling, Painted.class).colour()).isEqualTo(Sample.Colour.DARK_BLUE);
        }
        assertThat(Yaml.of(binder.write(new Painted(Sample.Colour.DARK_BLUE), Painted.class)))
                .isEqualTo("colour: darkBlue\n");
    }

    private record Painted(Sample.Colour colour) {}

    @RepeatedTest(300)
    void randomValuesComeBackToTheLastBit(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        Sample.All value = randomValue(random);

        Node node = binder.write(value, Sample.All.class);

        assertThat(read(Yaml.of(node), Sample.All.class)).isEqualTo(value);
        assertThat(read(
                        Yaml.withOrigins(binder.writeFully(value, Sample.All.class, Place.named("x # y"))),
                        Sample.All.class))
                .isEqualTo(value);
        assertThat(binder.read(Document.parse("x.json", Json.of(node)), Sample.All.class))
                .isEqualTo(value);
    }

    private static Sample.All randomValue(Random random) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            facts.put(randomText(random), randomText(random));
        }
        return new Sample.All(
                randomText(random),
                random.nextInt(),
                random.nextLong(),
                randomReal(random),
                random.nextBoolean(),
                random.nextBoolean() ? Sample.Colour.RED : Sample.Colour.DARK_BLUE,
                random.ints(random.nextInt(4)).boxed().toList(),
                facts,
                random.nextBoolean() ? Optional.empty() : Optional.of(randomReal(random)),
                Models.all().get(random.nextInt(Models.all().size())).network().get());
    }

    private static double randomReal(Random random) {
        double value = random.nextBoolean()
                ? Double.longBitsToDouble(random.nextLong())
                : List.of(-0.0, 0.0, 1e-5, 0.1, 1e15, 1e16, 123456789012345.0, Double.MIN_VALUE, Double.MAX_VALUE)
                        .get(random.nextInt(9));
        return Double.isFinite(value) ? value : 0.5;
    }

    private static String randomText(Random random) {
        var words = List.of(
                "",
                " ",
                "yes",
                "null",
                "~",
                "010",
                "1e5",
                "a: b",
                "- x",
                "#",
                "*a",
                "&a",
                "!t",
                "%",
                "@",
                "`",
                "'",
                "\"",
                "\\",
                "\n",
                "\r\n",
                "\t",
                "\u2028",
                "\ufeff",
                "\u0000",
                "\u0085",
                "😀",
                "é",
                "{",
                "]",
                "|",
                ">",
                "?",
                ".nan",
                "true",
                "plain",
                "two words",
                " padded ",
                "2020-01-01",
                "<<");
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(words.get(random.nextInt(words.size())));
        }
        return text.toString();
    }

    @Test
    void numbersThatAreNoneAreNotWritten() {
        assertThatThrownBy(() -> binder.write(new Weighed(Double.NaN), Weighed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a document cannot hold the number NaN");
    }

    private record Weighed(double weight) {}

    @Test
    void halfACharacterIsNotWritten() {
        assertThatThrownBy(() -> binder.write(new Labelled("\ud800"), Labelled.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a document cannot hold half a surrogate pair: \"\\ud800\"");
    }

    private record Labelled(String label) {}

    private <T> T read(String yaml, Class<T> type) {
        return binder.read(Document.parse("test.yaml", yaml), type);
    }
}
