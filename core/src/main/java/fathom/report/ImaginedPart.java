package fathom.report;

import fathom.chart.ImageGrid;
import fathom.chart.Images;
import fathom.inspect.Imagined;
import fathom.manifold.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an autoencoder draws: examples again, new ones, ways between them, and the map of its codes. */
final class ImaginedPart {
    private static final int COLUMNS = 16;

    private ImaginedPart() {}

    static String of(Material material, Imagined imagined, Figures figures) {
        return pictures(material, imagined, figures) + map(imagined, figures);
    }

    private static String pictures(Material material, Imagined imagined, Figures figures) {
        if (material.gallery().isEmpty()) {
            return "";
        }
        Gallery gallery = material.gallery().get();
        var out = new StringBuilder(Html.paragraph(
                "Each row of examples stands above the same examples as the network draws them from their codes."));
        var rows = new ArrayList<String>();
        List<Integer> originals = imagined.originals();
        for (int from = 0; from < originals.size(); from += COLUMNS) {
            int to = Math.min(from + COLUMNS, originals.size());
            int[] some = originals.subList(from, to).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            rows.add(grid(figures, "originals-" + (from / COLUMNS + 1), gallery.images(some), COLUMNS));
            rows.add(grid(
                    figures,
                    "reconstructions-" + (from / COLUMNS + 1),
                    gallery.images(rows(imagined.reconstructions(), from, to)),
                    COLUMNS));
        }
        rows.forEach(out::append);
        var drawn = new StringBuilder(Html.paragraph("Decoded from random codes; nobody has seen these."));
        drawn.append(grid(figures, "samples", all(gallery, imagined.samples()), COLUMNS));
        drawn.append(Html.paragraph("From one random code to another: α·p + (1 − α)·q with α = 0.1 … 0.9."));
        drawn.append(grid(
                figures,
                "noise-walk",
                all(gallery, imagined.noiseWalk()),
                imagined.noiseWalk().rows()));
        drawn.append(Html.paragraph("From the code of the first example above to that of the second."));
        drawn.append(grid(figures, "interpolation", all(gallery, imagined.way()), Imagined.STEPS));
        return Html.section("reconstructions", "Drawn again", out.toString())
                + Html.section("samples", "Drawn anew", drawn.toString());
    }

    private static String map(Imagined imagined, Figures figures) {
        return Html.section(
                "latent",
                "Where examples lie among the codes",
                Html.paragraph("t-SNE of the means of %s %s examples; the network has not been told their classes."
                                .formatted(Words.count(imagined.mapped().size()), Opening.split(imagined.split())))
                        + figures.add(
                                "latent-map",
                                MapCharts.scatter("", imagined.map(), imagined.mapped()),
                                Figures.WIDE,
                                MapsPart.said(imagined.map())));
    }

    private static Images all(Gallery gallery, Matrix rows) {
        return gallery.images(rows.values());
    }

    private static float[] rows(Matrix rows, int from, int to) {
        return Arrays.copyOfRange(rows.values(), from * rows.columns(), to * rows.columns());
    }

    private static String grid(Figures figures, String name, Images images, int columns) {
        return figures.add(name, new ImageGrid("", images, List.of(), columns), Figures.WIDE, "");
    }
}
