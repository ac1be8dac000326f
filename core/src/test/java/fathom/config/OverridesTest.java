package fathom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Data;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Model;
import fathom.model.PictureNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OverridesTest {
    private final Binder binder = Sample.binder();

    @ParameterizedTest
    @ValueSource(strings = {"epochs", "training.epochs"})
    void aPathMaySkipLevels(String path) {
        assertThat(with(path + "=7").training().epochs()).isEqualTo(7);
    }

    @Test
    void valuesOfEveryKindCanBeSet() {
        assertThat(with("optimizer.weightDecay=1e-4").training().optimizer())
                .isEqualTo(Optimizer.adam(0.001).withWeightDecay(1e-4));
        assertThat(with("rate=0.1").training().optimizer()).isEqualTo(Optimizer.adam(0.1));
        assertThat(with("rate=.5").training().optimizer()).isEqualTo(Optimizer.adam(0.5));
        assertThat(with("rate=5.e-1").training().optimizer()).isEqualTo(Optimizer.adam(0.5));
        assertThat(with("optimizer={sgd: {rate: 0.1}}").training().optimizer()).isEqualTo(Optimizer.sgd(0.1));
        assertThat(with("optimizer={sgd: 0.1}").training().optimizer()).isEqualTo(Optimizer.sgd(0.1));
        assertThat(with("scale=raw").data().scale()).isEqualTo(new Data.Scale.Raw());
        assertThat(with("data.size=28").data().size()).isEqualTo(28);
        assertThat(with("name=other").name()).isEqualTo("other");
        assertThat(with("seed=9").seed()).isEqualTo(9);
        assertThat(with("augmentation=[flip, {shift: 2}]").data().augmentation())
                .hasSize(2);
    }

    @Test
    void aValueIsYamlHoweverItEnds() {
        assertThat(with("name=run.json").name()).isEqualTo("run.json");
        assertThat(with("data.text.vectors=glove.JSON").data().text().vectors()).isEqualTo("glove.JSON");
    }

    @Test
    void aNetworkCanBeSetByNameAndItsLayersByNumber() {
        assertThat(with("network=lenet").model()).isEqualTo(classifier(PictureNetworks.lenet()));
        assertThat(with("network.3.units=12").model())
                .isEqualTo(classifier(Layer.chain(Layer.conv(6, 5), Layer.relu(), Layer.flatten(), Layer.linear(12))));
        assertThat(with("chain.1=tanh").model())
                .isEqualTo(classifier(Layer.chain(Layer.conv(6, 5), Layer.tanh(), Layer.flatten(), Layer.linear(10))));
    }

    private static Model classifier(Layer network) {
        return new Model.Classifier(network, new fathom.model.Loss.CrossEntropy(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    epocs=3         | '--set epocs=3: there is no "epocs": did you mean "epochs"?'
                    epochs=five     | '--set epochs=five: epochs must be a whole number, got "five"'
                    epochs=0        | --set epochs=0: training: epochs must be in 1 … 1000000, got 0
                    epochs=[        | '--set epochs=[:1:2: not YAML: expected the node content, but found ''<stream end>'''
                    epochs          | --set epochs: write path=value
                    =3              | --set =3: write path=value
                    bias=false      | '--set bias=false: "bias" could be model.classifier.network.chain.layers.0.conv.bias, model.classifier.network.chain.layers.3.linear.bias: write more of the path'
                    adam.training=1 | '--set adam.training=1: no place is called "adam.training" in this order'
                    optimizer=adm   | '--set optimizer=adm: optimizer cannot be "adm": did you mean "adam"? It is one of sgd, adam, adamW'
                    scale=          | --set scale=: scale must be one of raw, unit, normalise, got nothing
                    """)
    void aMistakeIsExplained(String assignment, String message) {
        assertThatThrownBy(() -> with(assignment))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void everyValueRemembersWhereItCameFrom() {
        Node node = Overrides.apply(binder, Sample.Whole.class, Document.parse("my.yaml", Sample.YAML), "epochs=7");
        node = Overrides.apply(binder, Sample.Whole.class, node, "scale=raw");

        assertThat(Yaml.withOrigins(node)).isEqualTo("""
                        name: fashion  # my.yaml:1
                        data:
                          set: fashion-mnist  # my.yaml:3
                          scale: raw  # --set scale=raw
                          size: 32  # my.yaml:4
                          fit: resize
                          validation: 0.1
                          splitSeed: 0
                          augmentation: []
                          count: 12000
                          limitTrain: 0
                          crop: 0
                          text:
                            form: stsa
                            split: official
                            phrases: false
                            minCount: 1
                            padding: batch
                            lowerCase: true
                            vectors: ""
                        model:
                          classifier:
                            network:
                              chain:
                                layers:
                                  - conv: {channels: 6, kernel: 5, stride: 1, padding: 0, bias: true}  # my.yaml:9
                                  - relu  # my.yaml:10
                                  - flatten  # my.yaml:11
                                  - linear: {units: 10, bias: true}  # my.yaml:12
                            loss:
                              crossEntropy:
                                labelSmoothing: 0
                        training:
                          epochs: 7  # --set epochs=7
                          batch: 128  # my.yaml:15
                          optimizer:
                            adam:
                              rate: 0.001  # my.yaml:17
                              beta1: 0.9
                              beta2: 0.999
                              epsilon: 1.0e-8
                              weightDecay: 0
                          schedule: constant
                          stop: never
                          gradientNorm: 0
                          averaging: 0
                          checkpointEvery: 0
                          trackTest: true
                          keep: lowestLoss
                        seed: 1
                        """);
        assertThat(binder.read(Document.parse("printed", Yaml.withOrigins(node)), Sample.Whole.class))
                .isEqualTo(binder.read(node, Sample.Whole.class));
    }

    private Sample.Whole with(String assignment) {
        Node node = Overrides.apply(binder, Sample.Whole.class, Document.parse("my.yaml", Sample.YAML), assignment);
        return binder.read(node, Sample.Whole.class);
    }
}
