package fathom.report;

import fathom.chart.ImageGrid;
import fathom.chart.Images;
import fathom.inspect.Occlusion;
import fathom.inspect.Planes;
import fathom.inspect.Survey;
import fathom.inspect.Survey.CloseUp;
import fathom.model.Network;
import java.util.ArrayList;
import java.util.List;

/** Filters, what one picture becomes on its way, and where answers come from. */
final class InsidePart {
    private static final int MOST_PLANES = 32;
    private static final int COLUMNS = 8;

    private InsidePart() {}

    static String of(Material material, Survey survey, Figures figures) {
        var out = new StringBuilder();
        if (material.gallery().isPresent() && !survey.closeUps().isEmpty()) {
            out.append(occlusion(material, survey, figures));
            out.append(journey(material, survey, figures));
        }
        survey.filters().ifPresent(filters -> out.append(filters(filters, material.network(), figures)));
        return out.isEmpty() ? "" : Html.section("inside", "Inside", out.toString());
    }

    private static String filters(Planes filters, Network network, Figures figures) {
        double most = largest(filters);
        var images = Images.signed(values(filters, MOST_PLANES), filters.height(), filters.width(), most);
        var grid = new ImageGrid("", images, List.of(), Math.min(COLUMNS * 2, images.count()));
        figures.pictures("filters", grid, 16);
        return "<h3>Filters of the first layer <small>%s</small></h3>\n"
                        .formatted(Html.text(network.at(filters.tap()).title()))
                + figures.add(
                        "filters",
                        grid,
                        Figures.WIDE,
                        shown(images.count(), filters.count(), "filter")
                                + ". Blue is negative, orange positive, white zero; full at ±%s."
                                        .formatted(Words.decimals(most, 3)));
    }

    private static String occlusion(Material material, Survey survey, Figures figures) {
        Gallery gallery = material.gallery().orElseThrow();
        var closeUps = survey.closeUps();
        var captions = new ArrayList<String>();
        var scales = new ArrayList<String>();
        var drops = new float[closeUps.size() * gallery.height() * gallery.width()];
        int at = 0;
        for (CloseUp closeUp : closeUps) {
            Occlusion seen = closeUp.occlusion();
            String label = material.classes()
                    .get(survey.answers().of(closeUp.example()).label(0));
            String given = material.classes().get(seen.target());
            captions.add("%s\n→ %s, %s %%".formatted(label, given, Math.round(100 * seen.probability())));
            double most = largest(seen);
            scales.add("full at ±%s %%".formatted(Math.round(100 * most)));
            for (int y = 0; y < seen.height(); y++) {
                for (int x = 0; x < seen.width(); x++) {
                    drops[at++] = (float) (seen.drop(y, x) / most);
                }
            }
        }
        var pictures =
                gallery.images(closeUps.stream().mapToInt(CloseUp::example).toArray());
        var maps = Images.signed(drops, gallery.height(), gallery.width(), 1);
        String said =
                "How the probability of that answer changes when a place is covered: it falls where orange and rises where blue (Zeiler and Fergus 2014). Each picture has its own scale.";
        return "<h3>Where answers come from</h3>\n"
                + Html.row(List.of(
                        figures.add(
                                "occlusion-pictures",
                                new ImageGrid("", pictures, captions, closeUps.size()),
                                Figures.HALF,
                                "Pictures: what each is → what the network took it for."),
                        figures.add(
                                "occlusion", new ImageGrid("", maps, scales, closeUps.size()), Figures.HALF, said)));
    }

    /** The largest change on one picture; at least one in fifty, so as not to show noise. */
    private static double largest(Occlusion seen) {
        double most = 0.02;
        for (int y = 0; y < seen.height(); y++) {
            for (int x = 0; x < seen.width(); x++) {
                most = Math.max(most, Math.abs(seen.drop(y, x)));
            }
        }
        return most;
    }

    /** One picture through the taps that hold pictures. */
    private static String journey(Material material, Survey survey, Figures figures) {
        CloseUp closeUp = survey.closeUps().getLast();
        if (closeUp.maps().isEmpty()) {
            return "";
        }
        int label = survey.answers().of(closeUp.example()).label(0);
        var out = new ArrayList<String>();
        for (Planes maps : closeUp.maps()) {
            float[] values = values(maps, MOST_PLANES);
            double most = Math.max(largest(maps), 1e-9);
            boolean isSigned = least(values) < 0;
            var images = isSigned
                    ? Images.signed(values, maps.height(), maps.width(), most)
                    : Images.heat(values, maps.height(), maps.width(), most);
            out.add(figures.add(
                    "maps-" + Figures.fileName(maps.tap()),
                    new ImageGrid("", images, List.of(), Math.min(COLUMNS, images.count())),
                    Figures.HALF,
                    "%s: %s%s"
                            .formatted(
                                    MapsPart.place(maps.tap()),
                                    shown(images.count(), maps.count(), "channel"),
                                    isSigned ? "; blue is negative, orange positive" : "")));
        }
        return "<h3>What one picture becomes <small>example %s, %s</small></h3>\n"
                        .formatted(
                                closeUp.example(),
                                Html.text(Words.shortened(material.classes().get(label))))
                + Html.row(out);
    }

    private static String shown(int shown, int all, String what) {
        if (shown < all) {
            return "the first %s of %s %ss".formatted(shown, all, what);
        }
        return all == 1 ? "1 " + what : all + " " + what + "s";
    }

    private static float[] values(Planes planes, int most) {
        int count = Math.min(most, planes.count());
        var values = new float[count * planes.height() * planes.width()];
        int at = 0;
        for (int p = 0; p < count; p++) {
            for (int y = 0; y < planes.height(); y++) {
                for (int x = 0; x < planes.width(); x++) {
                    values[at++] = planes.at(p, y, x);
                }
            }
        }
        return values;
    }

    private static float least(float[] values) {
        float least = 0;
        for (float value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    private static double largest(Planes planes) {
        double most = 0;
        for (float value : values(planes, MOST_PLANES)) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }
}
