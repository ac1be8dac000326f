package fathom.chart;

import java.util.OptionalInt;

/**
 * One curve of a line chart.
 *
 * @param deviation the half width of the band around each y; none for no band
 * @param colour which colour of the palette, counted from 0; lines of one colour belong together (train and test of one run)
 * @param marked the index of the point to mark, the best epoch for instance
 */
public record Line(
        String name, Numbers x, Numbers y, Numbers deviation, int colour, Stroke stroke, OptionalInt marked) {

    /** How many colours there are: a line of the next one looks like one of the first. */
    public static final int COLOURS = Palette.SIZE;

    /** How a curve is drawn. */
    public enum Stroke {
        SOLID,
        DASHED,
        DOTTED
    }

    public Line {
        if (x.size() != y.size()) {
            throw new IllegalArgumentException(
                    "the line \"%s\" has %d x and %d y: give one x for each y".formatted(name, x.size(), y.size()));
        }
        if (!deviation.isEmpty() && deviation.size() != y.size()) {
            throw new IllegalArgumentException("the line \"%s\" has %d deviations for %d points: give one each or none"
                    .formatted(name, deviation.size(), y.size()));
        }
        if (colour < 0) {
            throw new IllegalArgumentException("colours are counted from 0, got " + colour);
        }
        if (marked.isPresent() && (marked.getAsInt() < 0 || marked.getAsInt() >= y.size())) {
            throw new IllegalArgumentException(
                    "the line \"%s\" has no point %d to mark: it has %d".formatted(name, marked.getAsInt(), y.size()));
        }
    }

    public static Line of(String name, Numbers x, Numbers y, int colour) {
        return new Line(name, x, y, Numbers.none(), colour, Stroke.SOLID, OptionalInt.empty());
    }

    public Line withBand(Numbers deviation) {
        return new Line(name, x, y, deviation, colour, stroke, marked);
    }

    public Line withStroke(Stroke stroke) {
        return new Line(name, x, y, deviation, colour, stroke, marked);
    }

    public Line withMark(int index) {
        return new Line(name, x, y, deviation, colour, stroke, OptionalInt.of(index));
    }
}
