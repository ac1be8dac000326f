package fathom.report;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.experiment.Experiments;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.run.Spec;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Escaping, words, and the command that makes a run again. */
class HtmlTest {
    @Test
    void nothingInATextIsMarkup() {
        assertThat(Html.text("<script>alert('x') & \"y\"</script>"))
                .isEqualTo("&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;");
        assertThat(Html.text("Größe 中文 👟")).isEqualTo("Größe 中文 👟");
    }

    @Test
    void controlCharactersAndTurnsOfDirectionAreReplaced() {
        assertThat(Html.text("a\u0000b\u202ec\ud800d")).isEqualTo("a\ufffdb\ufffdc\ufffdd");
    }

    @Test
    void longNamesAreShortenedAndStillThereToHover() {
        String name = "<b>".repeat(100);
        String markup = Html.name(name);
        assertThat(markup)
                .doesNotContain("<b>")
                .contains("title=\"" + "&lt;b&gt;".repeat(100))
                .contains("…</span>");
    }

    @Test
    void numbersReadAsPeopleWriteThem() {
        assertThat(Words.published(0.9905)).isEqualTo("99.05\u00a0%");
        assertThat(Words.published(0.983)).isEqualTo("98.3\u00a0%");
        assertThat(Words.percent(0.123456)).isEqualTo("12.35\u00a0%");
        assertThat(Words.probability(1.7e-61)).isEqualTo("1.7e-61");
        assertThat(Words.seconds(12.34)).isEqualTo("12.3 s");
        assertThat(Words.seconds(245)).isEqualTo("4 min 5 s");
        assertThat(Words.seconds(7400)).isEqualTo("2 h 3 min");
    }

    @Test
    void theMachinesLanguageChangesNoNumber() {
        Locale usual = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.of("fa", "IR")); // which has digits of its own
        try {
            assertThat(Words.seconds(245)).isEqualTo("4 min 5 s");
            assertThat(Words.seconds(7400)).isEqualTo("2 h 3 min");
            var cell =
                    Experiments.find("mnist-weight-decay").orElseThrow().cells().get(6);
            assertThat(Repeat.command(cell.spec()).orElseThrow()).endsWith("--seeds 1 --runs again");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, usual);
        }
    }

    @Test
    void aBuiltInExperimentIsMadeAgainByItsNameAndWhatWasChanged() {
        Spec spec = Experiments.find("mnist-cnn").orElseThrow().spec();
        assertThat(Repeat.command(spec)).contains("fathom train mnist-cnn");
        assertThat(Repeat.command(spec.withSeed(5).withCompute(spec.compute().withThreads(2))))
                .contains("fathom train mnist-cnn --set seed=5 --set compute.threads=2");
    }

    @Test
    void aRunOfAnExperimentOfSeveralIsMadeAgainByItsVariantAndSeed() {
        var spec = Experiments.find("mnist-weight-decay")
                .orElseThrow()
                .cells()
                .get(6)
                .spec();
        assertThat(Repeat.command(spec.withCompute(spec.compute().withThreads(1))))
                .contains(
                        "fathom train mnist-weight-decay --variant 'weightDecay 1e-4' --seeds 1 --runs again --set compute.threads=1");
    }

    @Test
    void aChangedNetworkIsGivenAsAWhole() {
        Spec spec = Experiments.find("mnist-mlp").orElseThrow().spec();
        var network = Layer.chain(Layer.flatten(), Layer.linear(10));
        Spec changed = new Spec(
                spec.experiment(),
                spec.data(),
                new Model.Classifier(network, new Loss.CrossEntropy(0)),
                spec.training(),
                spec.seed(),
                spec.compute());
        assertThat(Repeat.command(changed).orElseThrow())
                .isEqualTo(
                        "fathom train mnist-mlp --set 'model.classifier.network={\"chain\":[\"flatten\",{\"linear\":10}]}'");
    }

    @Test
    void aSpecOfOnesOwnIsNotMadeAgainByAName() {
        Spec spec = Experiments.find("mnist-mlp").orElseThrow().spec();
        Spec own = new Spec("my-own", spec.data(), spec.model(), spec.training(), 0, spec.compute());
        assertThat(Repeat.command(own)).isEmpty();
        assertThat(Repeat.yaml(own).lines()).contains("experiment: my-own");
    }

    @Test
    void tablesLeanNumbersToTheRight() {
        assertThat(Html.table(List.of("what", "#how many"), List.of(List.of("<b>x</b>", "3"))))
                .contains("<th>what</th><th class=\"n\">how many</th>", "<td><b>x</b></td><td class=\"n\">3</td>");
    }
}
