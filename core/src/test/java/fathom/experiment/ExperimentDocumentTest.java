package fathom.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.config.ConfigException;
import fathom.config.Document;
import fathom.config.Place;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Model;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experiments from documents; the lines before the part in question are four. */
class ExperimentDocumentTest {
    @Test
    void aGridHasEveryValueWithEveryOther() {
        assertThat(names("variants: {optimizer.weightDecay: [1e-3, 1e-4], batch: [16, 32]}"))
                .containsExactly(
                        "weightDecay 1e-3, batch 16",
                        "weightDecay 1e-3, batch 32",
                        "weightDecay 1e-4, batch 16",
                        "weightDecay 1e-4, batch 32");
        assertThat(names("variants: {grid: {batch: [16, 32]}}")).containsExactly("batch 16", "batch 32");
    }

    @Test
    void aZipTakesTheFirstOfEachThenTheSecond() {
        assertThat(names("variants: {zip: {batch: [16, 32], optimizer.rate: [0.1, 0.2]}}"))
                .containsExactly("batch 16, rate 0.1", "batch 32, rate 0.2");
    }

    @Test
    void randomVariantsKeepToTheirBudgetAndRangesAndAreTheSameAgain() {
        String text =
                "variants: {random: {budget: 20, of: {optimizer.rate: {from: 1e-3, to: 1e-1, log: true}, batch: {from: 8, to: 64}}}}";
        var variants = Toys.experiment(text).variants();
        assertThat(variants).hasSize(20);
        assertThat(names(text)).isEqualTo(names(text)).doesNotHaveDuplicates();
        assertThat(variants).allSatisfy(variant -> {
            assertThat(variant.spec().training().batch()).isBetween(8, 64);
            assertThat(variant.spec().training().optimizer().rate()).isBetween(1e-3, 1e-1);
        });
        assertThat(variants.stream()
                        .filter(variant -> variant.spec().training().optimizer().rate() < 1e-2)
                        .count())
                .as("about half of the values on a logarithmic scale lie below its middle")
                .isBetween(4L, 16L);
    }

    @Test
    void wholeNumbersOfARangeComeEquallyOftenItsEndsToo() {
        assertThat(batches("{from: 1, to: 4}"))
                .containsOnlyKeys("batch 1", "batch 2", "batch 3", "batch 4")
                .allSatisfy((_, count) -> assertThat(count).isBetween(160L, 240L));
        assertThat(batches("{from: 1, to: 3, log: true}"))
                .as("half of [1, 4) on a logarithmic scale stands for 1")
                .containsOnlyKeys("batch 1", "batch 2", "batch 3")
                .hasEntrySatisfying("batch 1", count -> assertThat(count).isBetween(350L, 450L));
    }

    /** How often each value is drawn with 800 seeds. */
    private static Map<String, Long> batches(String range) {
        var variants = Document.parse("toy.yaml", "random: {budget: 1, of: {batch: %s}}".formatted(range));
        return IntStream.range(0, 800)
                .mapToObj(seed -> Choices.of(variants, seed).getFirst().name())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    @Test
    void aRangeWrittenAsRealHasRealNumbers() {
        var variants = Toys.experiment(
                        "variants: {random: {budget: 8, of: {training.gradientNorm: {from: 0.0, to: 5.0}}}}")
                .variants();
        assertThat(variants)
                .hasSize(8)
                .anyMatch(variant -> variant.spec().training().gradientNorm() % 1 != 0);
        assertThat(names("variants: {random: {budget: 6, of: {training.gradientNorm: {from: 0, to: 5}}}}"))
                .contains("gradientNorm 0", "gradientNorm 5");
    }

    @Test
    void namedVariantsSetWhatTheySay() {
        var experiment = Toys.experiment("""
                variants:
                  - name: plain
                  - {name: adam, set: {training.optimizer: {adam: 1e-3}}}
                """);
        assertThat(experiment.variants().getFirst().spec()).isEqualTo(experiment.spec());
        assertThat(experiment.variants().getLast().spec().training().optimizer())
                .isEqualTo(Optimizer.adam(1e-3));
    }

    @Test
    void withoutVariantsItIsASingleRun() {
        var experiment = Toys.experiment("seed: 4");
        assertThat(experiment.isStudy()).isFalse();
        assertThat(experiment.cells()).containsExactly(new Cell(new Variant("toy", experiment.spec()), 4));
    }

    @Test
    void changesAreMadeInEveryVariant() {
        var changed = ExperimentDocument.changed(Toys.rates(), List.of("epochs=7"));
        assertThat(changed.variants())
                .hasSize(3)
                .allMatch(each -> each.spec().training().epochs() == 7);
    }

    @Test
    void tooManyVariantsAreRefusedBeforeTheyAreMade() {
        String grid = "{batch: [%s], epochs: [%s]}".formatted(numbers(1000), numbers(20_000));
        assertThatThrownBy(() -> Choices.of(Document.parse("toy.yaml", grid), 0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the grid has more than 1000 variants");
        assertThatThrownBy(() -> Toys.experiment("variants: {zip: {epochs: [%s]}}".formatted(numbers(1001))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there are 1001 variants: take 1000 at most");
    }

    /** 1 … n, each on a line of its own. */
    private static String numbers(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(String::valueOf).collect(Collectors.joining(",\n  "));
    }

    @Test
    void randomVariantsOfManySettingsHaveTheNamesThatTheyNeed() {
        var variants = Toys.experiment("""
                variants:
                  random:
                    budget: 2
                    of:
                      optimizer.rate: {from: 1e-3, to: 1e-1, log: true}
                      optimizer.weightDecay: {from: 1e-5, to: 1e-3, log: true}
                      training.gradientNorm: {from: 0.5, to: 5.0}
                      training.averaging: {from: 0.9, to: 0.999}
                      data.validation: {from: 0.1, to: 0.2}
                      training.batch: {from: 8, to: 64}
                """).variants();
        assertThat(variants).hasSize(2).allMatch(variant -> variant.name().length() > 80);
        assertThat(variants.getFirst().name()).startsWith("rate ").contains(", gradientNorm ", ", batch ");
    }

    @Test
    void anotherSeedOfTheSpecIsThatOfASingleRun() {
        var single = Experiments.find("mnist-cnn").orElseThrow();
        assertThat(ExperimentDocument.changed(single, List.of("seed=3")).seeds())
                .containsExactly(3L);
        assertThat(ExperimentDocument.changed(Toys.rates(), List.of("seed=3")).seeds())
                .as("seeds that were named stay")
                .containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0..2 | 0,1,2", "4 | 4", "0,3, 7..8 | 0,3,7,8"})
    void seedsAreRangesAndNumbers(String text, String expected) {
        assertThat(ExperimentDocument.seeds(text, Place.named("--seeds")))
                .containsExactlyElementsOf(
                        Arrays.stream(expected.split(",")).map(Long::valueOf).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varients: {batch: [1]} | toy.yaml:5:1: the document has no \"varients\": did you mean \"variants\"?",
                "variants: {bacth: [1, 2]} | toy.yaml:5:12: there is no \"bacth\": did you mean \"batch\"?",
                "variants: {batch: [16, many]} | toy.yaml:5:24: batch must be a whole number, got \"many\"",
                "variants: {batch: [16, -1]} | toy.yaml:5:24: training: batch must be in 1 … 1000000, got -1",
                "variants: {batch: 16} | toy.yaml:5:19: batch must be a list of values, as in [1e-3, 1e-4]",
                "variants: {batch: [16, 16]} | two variants are called \"batch 16\"",
                "variants: [] | toy.yaml:5:11: variants must not be empty",
                "variants: 3 | toy.yaml:5:11: variants must be a mapping from settings to lists, or a list of variants",
                "variants: {zip: {batch: [1, 2], seed: [1]}} | zip needs lists of one length: batch has 2 values, seed has 1",
                "variants: {random: {bugdet: 3, of: {batch: [1]}}} | random has no \"bugdet\": did you mean \"budget\"?",
                "variants: {random: {budget: 3, of: {batch: [1, 2]}}} | there are not that many different variants: found 2",
                "variants: {random: {budget: 2, of: {batch: {from: 3, to: 1}}}} | to must be above from",
                "variants: [{name: a, sets: {}}] | a variant has no \"sets\": did you mean \"set\"?",
                "seeds: [0, 0] | toy.yaml:5:8: seeds must be at least one, each once",
                "seeds: 3..1 | seeds must be whole numbers",
                "seeds: -5000000000000000000..5000000000000000000 | seeds must be whole numbers",
                "seeds: {a: 1} | seeds must be whole numbers",
                "question: [a] | toy.yaml:5:11: question must be text"
            })
    void mistakesAreNamedWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> Toys.experiment(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theBuiltInExperimentsHaveDistinctRunsAndTheirOwnNames() {
        for (Experiment experiment : Experiments.all()) {
            assertThat(experiment.cells().stream().map(Cell::folder)).doesNotHaveDuplicates();
            assertThat(Experiments.find(experiment.name())).containsSame(experiment);
        }
        var decay = Experiments.find("mnist-weight-decay").orElseThrow();
        assertThat(decay.cells()).hasSize(15);
        assertThat(decay.variants().stream().map(Variant::name)).startsWith("weightDecay 1e-3");
    }

    @Test
    void theStudyOfDepthComparesStatesOfOneSize() {
        var depth = Experiments.find("sst2-depth").orElseThrow();
        assertThat(depth.cells()).hasSize(18);
        for (Variant variant : depth.variants()) {
            var network = Network.of(((Model.Classifier) variant.spec().model()).network(), Shape.of(20));
            long count = network.leaves().stream()
                    .filter(place -> place.layer() instanceof Layer.Lstm)
                    .count();
            assertThat(variant.name()).startsWith(count + " ");
            assertThat(network.at("lstm" + count).out()).isEqualTo(Shape.of(20, 256));
        }
    }

    @Test
    void aSpecIsACellsWhateverItsThreadsAndCheckpoints() {
        var cell = Toys.rates().cells().getFirst();
        var spec = cell.spec();
        var settled = spec.withCompute(spec.compute().withEngine("vector").withThreads(3))
                .withTraining(spec.training().withCheckpointEvery(7));
        assertThat(cell.isOf(settled)).isTrue();
        assertThat(cell.isOf(spec.withSeed(9))).isFalse();
        assertThat(cell.isOf(spec.withTraining(spec.training().withEpochs(9)))).isFalse();
        var asked = new Cell(new Variant("v", spec.withCompute(spec.compute().withEngine("torch"))), cell.seed());
        assertThat(asked.isOf(settled)).isFalse();
    }

    /** Processes agree by it on who trains what. */
    @Test
    void aCellsFolderIsTheSameInEveryLanguage() {
        var cell = new Cell(Toys.rates().variants().getFirst(), 7);
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(cell.folder()).startsWith("rate-0.01-seed-7-");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    private static List<String> names(String text) {
        return Toys.experiment(text).variants().stream().map(Variant::name).toList();
    }

    @Test
    void aSpecAloneIsReadWithoutTheRest() {
        var document = Document.parse("toy.yaml", "question: why?\nexperiment: x\nseeds: 0..1\n");
        assertThat(ExperimentDocument.spec(document))
                .asString()
                .contains("experiment")
                .doesNotContain("seeds")
                .doesNotContain("question");
    }
}
