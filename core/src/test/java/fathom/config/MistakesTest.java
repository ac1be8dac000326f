package fathom.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.model.Layer;
import fathom.model.Models;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake has one message: place, what was wrong, what is expected, what may have been meant. */
final class MistakesTest {
    private static final String LAYERS =
            "linear, conv, transposedConv, batchNorm, layerNorm, relu, leakyRelu, sigmoid, tanh, logSoftmax, maxPool, averagePool, dropout, reparameterise, flatten, unflatten, embedding, lstm, lastToken, sequencePool, wordDropout, branches, residual, chain, named, "
                    + Models.all().stream().map(Models.Entry::name).collect(Collectors.joining(", "));

    private static Arguments network(String yaml, String message) {
        return Arguments.of(yaml, Layer.class, message);
    }

    private static Arguments spec(String from, String to, String message) {
        if (!Sample.YAML.contains(from)) {
            throw new IllegalArgumentException(from);
        }
        return Arguments.of(Sample.YAML.replace(from, to), Sample.Whole.class, message);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                network(
                        "reluu",
                        "my.yaml:1:1: the document cannot be \"reluu\": did you mean \"relu\"? It is one of " + LAYERS),
                network(
                        "lennet",
                        "my.yaml:1:1: the document cannot be \"lennet\": did you mean \"lenet\"? It is one of "
                                + LAYERS),
                network("conv", "my.yaml:1:1: conv needs channels and kernel"),
                network(
                        "conv: 3",
                        "my.yaml:1:7: conv must be a mapping with channels, kernel, stride, padding, bias, got 3"),
                network("conv: {channels: 3}", "my.yaml:1:7: conv needs kernel"),
                network(
                        "conv: {channels: 3, kernal: 3}",
                        "my.yaml:1:21: conv has no \"kernal\": did you mean \"kernel\"? It takes channels, kernel, stride, padding, bias"),
                network("conv: {channels: 0, kernel: 3}", "my.yaml:1:18: conv: channels must be at least 1, got 0"),
                network("conv: {channels: 1.5, kernel: 3}", "my.yaml:1:18: channels must be a whole number, got 1.5"),
                network(
                        "conv: {channels: \"3\", kernel: 3}",
                        "my.yaml:1:18: channels must be a whole number, got \"3\""),
                network(
                        "conv: {channels: 3, kernel: 3, padding: 3}",
                        "my.yaml:1:41: conv: padding must be in 0 … 2, got 3"),
                network(
                        "conv: {channels: 99999999999, kernel: 3}",
                        "my.yaml:1:18: channels must be a whole number in -2147483648 … 2147483647, got 99999999999"),
                network(
                        "conv: {channels: 3, kernel: 3, bias: yes}",
                        "my.yaml:1:38: bias must be true or false, got \"yes\""),
                network(
                        "conv:\nchannels: 3\nkernel: 3\n",
                        "my.yaml:2:1: the document has \"channels\" beside conv: it takes one key; is \"channels\" meant to stand inside conv?"),
                network(
                        "chain:\n  - relu\n  - linear: ten\n",
                        "my.yaml:3:13: units must be a whole number, got \"ten\""),
                network(
                        "chain:\n  - relu\n  - linear: [10]\n",
                        "my.yaml:3:13: units must be a whole number, got a list"),
                network(
                        "chain: relu",
                        "my.yaml:1:8: layers must be a list ([a, b], or lines that start with \"- \"), got \"relu\""),
                network(
                        "chain:\n  - relu\n  - Linear: 10\n",
                        "my.yaml:3:5: item 2 of layers cannot be \"Linear\": did you mean \"linear\"? It is one of "
                                + LAYERS),
                network("branches: [relu]", "my.yaml:1:11: branches: branches must be at least 2, got 1"),
                network("relu: 3", "my.yaml:1:7: relu must be without a value, got 3"),
                network("relu: {slope: 3}", "my.yaml:1:8: relu has no \"slope\". It takes nothing"),
                network("dropout: .nan", "my.yaml:1:10: rate must be a finite number, got .nan"),
                network("dropout: 1e999", "my.yaml:1:10: rate must be a finite number, got 1e999"),
                network("dropout: e5", "my.yaml:1:10: rate must be a finite number, got \"e5\""),
                network("dropout: 1.0", "my.yaml:1:10: dropout: rate must be at least 0 and below 1, got 1.0"),
                network("42", "my.yaml:1:1: the document must be one of " + LAYERS + ", got 42"),
                network("", "my.yaml:1:1: the document must be one of " + LAYERS + ", got nothing"),
                network("[relu]", "my.yaml:1:1: the document must be one of " + LAYERS + ", got a list"),
                network("{}", "my.yaml:1:1: the document must be one of " + LAYERS + ", got an empty mapping"),
                network(
                        "named: {name: 1st, layer: relu}",
                        "my.yaml:1:8: named: a name starts with a letter, then letters, digits, _ or -, 40 at most; got \"1st\""),
                network("named: {name: [], layer: relu}", "my.yaml:1:15: name must be text, got a list"),
                network("chain: [relu", "my.yaml:1:13: not YAML: expected ',' or ']', but got <stream end>"),
                network("chain: [relu]]", "my.yaml:1:14: not YAML: expected <block end>, but found ']'"),
                network(
                        "\tchain: []",
                        "my.yaml:1:1: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                network("chain: []\nchain: []", "my.yaml:2:1: the key \"chain\" comes twice; first in line 1"),
                network("chain: &a [relu]", "my.yaml:1:8: anchors (&name) are not allowed: write the value out"),
                network("chain: [*a]", "my.yaml:1:9: aliases (*name) are not allowed: write the value out"),
                network(
                        "!!javax.script.ScriptEngineManager [relu]",
                        "my.yaml:1:1: tags (!type) are not allowed: write a plain value"),
                network("relu\n---\nrelu", "my.yaml:3:1: a second document starts here: one file holds one document"),
                spec(
                        "epochs: 5",
                        "epocs: 5",
                        "my.yaml:14:3: training has no \"epocs\": did you mean \"epochs\"? It takes epochs, batch, optimizer, schedule, stop, gradientNorm, averaging, checkpointEvery, trackTest, keep"),
                spec("epochs: 5", "epochs: five", "my.yaml:14:11: epochs must be a whole number, got \"five\""),
                spec("epochs: 5", "epochs: 0", "my.yaml:14:11: training: epochs must be in 1 … 1000000, got 0"),
                spec("epochs: 5", "", "my.yaml:15:3: training needs epochs"),
                spec(
                        "adam: 0.001",
                        "adm: 0.001",
                        "my.yaml:17:5: optimizer cannot be \"adm\": did you mean \"adam\"? It is one of sgd, adam, adamW"),
                spec(
                        "adam: 0.001",
                        "adam: -1",
                        "my.yaml:17:11: adam: rate must be above 0 (and at most 1e6), got -1.0"),
                spec(
                        "adam: 0.001",
                        "sgd: {rate: 0.1, nesterov: true}",
                        "my.yaml:17:32: sgd: nesterov needs a momentum above 0"),
                spec(
                        "size: 32",
                        "fit: pads",
                        "my.yaml:4:8: fit must be one of resize, pad, got \"pads\": did you mean \"pad\"?"),
                spec(
                        "size: 32",
                        "scale: units",
                        "my.yaml:4:10: scale cannot be \"units\": did you mean \"unit\"? It is one of raw, unit, normalise"),
                spec("size: 32", "size: 32\n  size: 28", "my.yaml:5:3: the key \"size\" comes twice; first in line 4"),
                spec(
                        "size: 32",
                        "augmentation: flip",
                        "my.yaml:4:17: augmentation must be a list ([a, b], or lines that start with \"- \"), got \"flip\""),
                spec(
                        "set: fashion-mnist",
                        "name: fashion-mnist",
                        "my.yaml:3:3: data has no \"name\". It takes set, scale, size, fit, validation, splitSeed, augmentation, count, limitTrain, crop, text"),
                spec("name: fashion", "name:", "my.yaml:1:6: name must be text, got nothing"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsExplained(String yaml, Class<?> type, String message) {
        assertThatThrownBy(() -> Sample.binder().read(Document.parse("my.yaml", yaml), type))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }
}
