package fathom.report;

import fathom.chart.HeatMap;
import fathom.chart.Numbers;
import fathom.chart.ReliabilityDiagram;
import fathom.inspect.Answers;
import fathom.inspect.Confusion;
import fathom.inspect.Reliability;
import fathom.inspect.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What was taken for what, class by class, and whether the network knows what it knows. */
final class AnswersPart {
    private static final int MOST_CLASSES_DRAWN = 40;
    private static final int MATRIX = 500;

    private AnswersPart() {}

    static String of(Survey survey, Figures figures) {
        Answers answers = survey.answers();
        Confusion confusion = answers.confusion();
        String table = classes(confusion);
        String both = confusion.classes().size() > MOST_CLASSES_DRAWN
                ? table
                : Html.beside(
                        figures.add(
                                "confusion", HeatMap.confusion("", confusion.classes(), counts(confusion)), MATRIX, ""),
                        table);
        return Html.section("classes", "What was taken for what", both)
                + Html.section("reliability", "How sure, and how often right", reliability(answers, figures));
    }

    private static Numbers counts(Confusion confusion) {
        int size = confusion.classes().size();
        return Numbers.of(IntStream.range(0, size * size)
                .map(i -> confusion.count(i / size, i % size))
                .toArray());
    }

    private static String classes(Confusion confusion) {
        var rows = new ArrayList<List<String>>();
        for (Confusion.Scores scores : confusion.scores()) {
            rows.add(List.of(
                    Html.name(scores.name()),
                    Words.count(scores.examples()),
                    Words.percent(scores.precision()),
                    Words.percent(scores.recall()),
                    Words.percent(scores.f1())));
        }
        return Html.table(List.of("class", "#examples", "#precision", "#recall", "#F1"), rows)
                + Html.note(
                        "Precision: of those called so, how many are. Recall: of those that are, how many were called"
                                + " so. F1: their harmonic mean; over all classes %s on average."
                                        .formatted(Words.percent(confusion.macroF1())));
    }

    private static String reliability(Answers answers, Figures figures) {
        Reliability reliability = answers.reliability();
        var diagram = new ReliabilityDiagram(
                "",
                Numbers.of(reliability.bins().stream()
                        .map(Reliability.Bin::confidence)
                        .toList()),
                Numbers.of(reliability.bins().stream()
                        .map(Reliability.Bin::accuracy)
                        .toList()),
                Numbers.of(
                        reliability.bins().stream().map(Reliability.Bin::count).toList()),
                reliability.error());
        var rows = new ArrayList<List<String>>();
        for (Reliability.Bin bin : reliability.bins()) {
            if (bin.count() > 0) {
                rows.add(List.of(
                        "%s – %s".formatted(Words.decimals(100 * bin.low(), 0), Words.decimals(100 * bin.high(), 0)),
                        Words.count(bin.count()),
                        Words.percent(bin.confidence()),
                        Words.percent(bin.accuracy())));
            }
        }
        String said =
                "Expected calibration error %s in %s bins (Guo et al. 2017): how far confidence and accuracy lie apart on average."
                        .formatted(
                                Words.percent(reliability.error()),
                                reliability.bins().size());
        return Html.beside(
                figures.add("reliability", diagram, Figures.HALF, ""),
                Html.table(List.of("sure by %", "#answers", "#confidence", "#accuracy"), rows) + Html.note(said));
    }
}
