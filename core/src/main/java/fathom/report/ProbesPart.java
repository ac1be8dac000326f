package fathom.report;

import fathom.chart.Axis;
import fathom.chart.BarChart;
import fathom.chart.Numbers;
import fathom.inspect.LinearProbe;
import fathom.inspect.Survey;
import java.util.ArrayList;
import java.util.List;

/** How well a linear classifier tells the classes apart, tap by tap. */
final class ProbesPart {
    private ProbesPart() {}

    static String of(Survey survey, Figures figures) {
        if (survey.views().isEmpty()) {
            return "";
        }
        var names = new ArrayList<String>();
        var accuracies = new ArrayList<Double>();
        var rows = new ArrayList<List<String>>();
        for (Survey.View view : survey.views()) {
            LinearProbe probe = view.probe();
            names.add(view.tap() + ", " + view.title());
            accuracies.add(probe.test().share());
            rows.add(List.of(
                    MapsPart.place(view.tap()),
                    Html.text(view.title()),
                    Html.still(view.shape().toString()),
                    String.valueOf(probe.components()),
                    Words.percent(probe.trainAccuracy()),
                    Words.percent(probe.test())));
        }
        var chart = new BarChart(
                "",
                Axis.percent("accuracy of the probe").between(0, 1),
                names,
                List.of(BarChart.Series.of("probe", Numbers.of(accuracies))));
        int trainedOn = survey.views().getFirst().probe().trainedOn();
        return Html.section(
                "probes",
                "How far apart, in numbers",
                Html.paragraph(
                                "At each place a linear classifier is taught on %s training examples and tested on %s %s examples."
                                        .formatted(
                                                Words.count(trainedOn),
                                                Words.count(survey.answers().size()),
                                                Opening.split(survey)))
                        + figures.add("probes", chart, Figures.WIDE, "")
                        + Html.table(
                                List.of(
                                        "place",
                                        "layer",
                                        "shape",
                                        "#components",
                                        "#right in training",
                                        "#right in test (95 % interval)"),
                                rows)
                        + Html.note("""
                                The probe: activations are brought to at most %s principal components of the training \
                                examples and standardised; then multinomial logistic regression with an L2 penalty of ½‖W‖² \
                                on the sum of log-losses, to its minimum. Nothing in it is random \
                                (Alain and Bengio 2016).""".formatted(LinearProbe.COMPONENTS)));
    }
}
