package fathom.report;

import fathom.chart.ImageScatter;
import fathom.chart.Look;
import fathom.chart.Theme;
import fathom.inspect.Answers;
import fathom.inspect.Projection;
import fathom.inspect.Survey;
import fathom.inspect.Taps;
import java.util.List;

/** Maps of what passes in the network: each tap by PCA and by t-SNE, the pictures as points, all examples at once. */
final class MapsPart {
    private MapsPart() {}

    static String of(Material material, Survey survey, Figures figures) {
        var out = new StringBuilder();
        out.append(Html.paragraph(
                """
                %s examples, the same at each place, laid out so that those lie near each other that look alike to the network \
                there: by their two principal components, and by t-SNE (perplexity %s, from at most %s components). \
                Trustworthiness is 1 where neighbours on the map are neighbours in the network, too.""".formatted(Words.count(survey.sample().size()), perplexity(survey), Projection.REDUCED)));
        out.append(toggles(material.classes()));
        for (Survey.View view : survey.views()) {
            out.append(heading(view));
            out.append(Html.row(List.of(
                    figures.add(
                            "pca-" + Figures.fileName(view.tap()),
                            MapCharts.scatter("PCA", view.principal(), survey.sample()),
                            Figures.HALF,
                            said(view.principal())),
                    figures.add(
                            "tsne-" + Figures.fileName(view.tap()),
                            MapCharts.scatter("t-SNE", view.neighborly(), survey.sample()),
                            Figures.HALF,
                            said(view.neighborly())))));
        }
        out.append(pictures(material, survey, figures));
        return Html.section("maps", "Classes come apart", out.toString()) + whole(material, survey, figures);
    }

    private static String perplexity(Survey survey) {
        for (Survey.View view : survey.views()) {
            if (view.neighborly().how() instanceof Projection.How.Neighborly(var _, double used, var _)) {
                return Words.decimals(used, 0);
            }
        }
        return "–";
    }

    private static String heading(Survey.View view) {
        return "<h3>After %s <small>at %s, %s</small></h3>\n"
                .formatted(
                        Html.text(view.title()),
                        place(view.tap()),
                        Html.text(view.shape().toString()));
    }

    /** A tap's path as markup. */
    static String place(String tap) {
        return Html.element("code", "", Html.text(tap.isEmpty() ? "(whole network)" : tap));
    }

    /** Names of the classes, which the script turns into switches. */
    private static String toggles(List<String> classes) {
        var out = new StringBuilder("<ul class=\"toggles\" hidden>\n");
        for (int c = 0; c < classes.size(); c++) {
            out.append("<li><button type=\"button\" data-class=\"%s\" aria-pressed=\"true\">%s</button></li>\n"
                    .formatted(c, Html.text(Words.shortened(classes.get(c)))));
        }
        return out.append("</ul>\n").toString();
    }

    static String said(Projection map) {
        String how = switch (map.how()) {
            case Projection.How.Principal(double first, double second) ->
                "the two components hold %s and %s of the variance"
                        .formatted(Words.percent(first), Words.percent(second));
            case Projection.How.Neighborly(double divergence, var _, int iterations) ->
                "KL divergence %s after %s iterations"
                        .formatted(Words.decimals(divergence, 3), Words.count(iterations));
        };
        return "%s; trustworthiness %s (%s neighbours)"
                .formatted(how, Words.decimals(map.trustworthiness(), 3), map.neighbors());
    }

    private static String pictures(Material material, Survey survey, Figures figures) {
        if (survey.views().isEmpty() || !canShow(material, survey.sample())) {
            return "";
        }
        String tap = Taps.features(survey.views().stream().map(Survey.View::tap).toList());
        Survey.View view = survey.views().stream()
                .filter(each -> each.tap().equals(tap))
                .findFirst()
                .orElseThrow();
        var out = new StringBuilder(
                "<h3>The pictures themselves <small>t-SNE at %s</small></h3>\n".formatted(place(tap)));
        Gallery gallery = material.gallery().orElseThrow();
        var placings = survey.whole().isPresent() // there, the grid is of all
                ? List.of(ImageScatter.Placing.OVERLAPPING)
                : List.of(ImageScatter.Placing.OVERLAPPING, ImageScatter.Placing.GRID);
        for (ImageScatter.Placing placing : placings) {
            var scatter = MapCharts.pictures("", view.neighborly(), survey.sample(), gallery, placing);
            out.append(
                    figure(placing, scatter.withLabels(MapCharts.labels(survey.sample())), "tsne-pictures", figures));
        }
        return out.toString();
    }

    /** Whether there are pictures of all these examples, and not too large ones to hold them all. */
    private static boolean canShow(Material material, Answers examples) {
        return material.gallery()
                .filter(gallery -> gallery.holds(examples.size()))
                .isPresent();
    }

    private static String figure(ImageScatter.Placing placing, ImageScatter scatter, String name, Figures figures) {
        boolean isGrid = placing == ImageScatter.Placing.GRID;
        String file = isGrid ? name + "-grid" : name;
        figures.file(file + ".png", scatter.png(new Look(Theme.LIGHT, Figures.WIDE)));
        String caption = isGrid ? "The same, each picture moved to the nearest free place of a grid." : "";
        return figures.add(file, scatter, Figures.WIDE, caption);
    }

    /** All examples of the split on one map, as points and as pictures. */
    private static String whole(Material material, Survey survey, Figures figures) {
        if (survey.whole().isEmpty()) {
            return "";
        }
        Survey.Whole whole = survey.whole().get();
        var out = new StringBuilder(Html.paragraph(
                "t-SNE of every %s example, at %s, from %s principal components; trustworthiness against these components."
                        .formatted(Opening.split(survey), place(whole.tap()), whole.components())));
        out.append(toggles(material.classes()));
        out.append(figures.add(
                "tsne-all-" + Figures.fileName(whole.tap()),
                MapCharts.dots("", whole.map(), survey.answers()),
                Figures.WIDE,
                said(whole.map())));
        if (canShow(material, survey.answers())) {
            Gallery gallery = material.gallery().orElseThrow();
            var placing = ImageScatter.Placing.GRID;
            var scatter = MapCharts.pictures("", whole.map(), survey.answers(), gallery, placing);
            out.append(figure(placing, scatter, "tsne-all-pictures", figures));
        }
        return Html.section(
                "all", "All %s examples".formatted(Words.count(survey.answers().size())), out.toString());
    }
}
