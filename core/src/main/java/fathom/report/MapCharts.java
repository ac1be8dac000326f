package fathom.report;

import fathom.chart.ImageScatter;
import fathom.chart.Numbers;
import fathom.chart.ScatterChart;
import fathom.inspect.Answers;
import fathom.inspect.Projection;
import java.util.List;
import java.util.stream.IntStream;

/** Projections as charts: the points are the examples that {@code answers} are about, in their order. */
final class MapCharts {
    private MapCharts() {}

    /** Points that say what they are when one hovers over them. */
    static ScatterChart scatter(String title, Projection map, Answers answers) {
        return dots(title, map, answers).withLabels(labels(answers));
    }

    /** Points that say nothing, for many of them. */
    static ScatterChart dots(String title, Projection map, Answers answers) {
        return ScatterChart.of(title, column(map, 0), column(map, 1), classes(answers), answers.classes());
    }

    /** Pictures as points; of those that find no place on a grid, the later ones are left out. */
    static ImageScatter pictures(
            String title, Projection map, Answers answers, Gallery gallery, ImageScatter.Placing placing) {
        var images = gallery.images(examples(answers));
        return ImageScatter.of(
                title, column(map, 0), column(map, 1), classes(answers), answers.classes(), images, placing);
    }

    private static int[] examples(Answers answers) {
        return IntStream.range(0, answers.size()).map(answers::example).toArray();
    }

    private static Numbers column(Projection map, int column) {
        return Numbers.column(map.map().values(), 2, column);
    }

    private static Numbers classes(Answers answers) {
        return Numbers.of(IntStream.range(0, answers.size()).map(answers::label).toArray());
    }

    /** What is said of each point. */
    static List<String> labels(Answers answers) {
        return IntStream.range(0, answers.size())
                .mapToObj(i -> label(answers, i))
                .toList();
    }

    private static String label(Answers answers, int i) {
        String label = answers.classes().get(answers.label(i));
        if (!answers.isAnswered()) {
            return Words.shortened(label);
        }
        String given = answers.classes().get(answers.given(i));
        String answer = answers.isRight(i) ? "right" : "taken for " + Words.shortened(given);
        return "%s, %s, %s %% sure".formatted(Words.shortened(label), answer, Math.round(100 * answers.confidence(i)));
    }
}
