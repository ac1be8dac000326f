package fathom.chart;

import java.util.ArrayList;
import java.util.List;

/** What the colours mean: a sample and a name for each. Carries {@code data-class}, so that a script can toggle by it. */
final class Legend {
    static final double ROW = 18;

    private static final double SAMPLE = 22;
    private static final double GAP = 14;
    private static final double LONGEST = 240;
    private static final double SIZE = 12;

    private final List<Key> keys;
    private final boolean fixed;

    /** How the sample beside a name looks. */
    enum Sample {
        LINE,
        DASHED,
        DOTTED,
        DOT,
        BLOCK
    }

    /** @param index which class or line it is */
    record Key(String name, int index, int colour, Sample sample) {}

    Legend(List<Key> keys) {
        this(keys, false);
    }

    private Legend(List<Key> keys, boolean fixed) {
        this.keys = List.copyOf(keys);
        this.fixed = fixed;
    }

    /** With the colours for light ground on any ground, as pictures have them that cannot change theirs. */
    Legend withFixedColours() {
        return new Legend(keys, true);
    }

    /** One dot for each class. */
    static Legend ofClasses(List<String> names) {
        var keys = new ArrayList<Key>();
        for (int i = 0; i < names.size(); i++) {
            keys.add(new Key(names.get(i), i, i, Sample.DOT));
        }
        return new Legend(keys);
    }

    /** What rows of this width need in height. */
    double heightOfRows(double width) {
        return keys.isEmpty() ? 0 : (1 + places(width).getLast().row()) * ROW + 4;
    }

    void drawRows(Svg svg, double x, double y, double width) {
        List<Place> places = places(width);
        for (int i = 0; i < keys.size(); i++) {
            Place place = places.get(i);
            draw(svg, keys.get(i), x + place.x(), y + place.row() * ROW, Math.min(LONGEST, width - SAMPLE));
        }
    }

    /** What a column needs in width, {@code most} at most. */
    double widthOfColumn(double most) {
        double widest = keys.stream().mapToDouble(Legend::width).max().orElse(0);
        return keys.isEmpty() ? 0 : Math.min(most, SAMPLE + widest);
    }

    /** As many as fit into the height, one below the other, and how many are left out. */
    void drawColumn(Svg svg, double x, double y, double width, double height) {
        int room = (int) (height / ROW);
        int shown = keys.size() <= room ? keys.size() : Math.max(0, room - 1);
        for (int i = 0; i < shown; i++) {
            draw(svg, keys.get(i), x, y + i * ROW, width - SAMPLE);
        }
        if (shown < keys.size()) {
            svg.words(
                    "dim",
                    x,
                    y + shown * ROW + SIZE,
                    Svg.Anchor.START,
                    "and " + (keys.size() - shown) + (shown == 0 ? " classes" : " more"));
        }
    }

    private record Place(double x, int row) {}

    private List<Place> places(double width) {
        var places = new ArrayList<Place>();
        double x = 0;
        int row = 0;
        for (Key key : keys) {
            double needed = SAMPLE + Math.min(width(key), width - SAMPLE);
            if (x > 0 && x + needed > width) {
                x = 0;
                row++;
            }
            places.add(new Place(x, row));
            x += needed + GAP;
        }
        return places;
    }

    private static double width(Key key) {
        return Math.min(LONGEST, Words.width(key.name(), SIZE));
    }

    private void draw(Svg svg, Key key, double x, double y, double room) {
        svg.group("key k" + key.colour() % Palette.SIZE).attribute("data-class", key.index());
        if (fixed) {
            svg.attribute("style", "color:" + Palette.css(Palette.onLight(key.colour())));
        }
        double middle = y + ROW / 2 - 1;
        switch (key.sample()) {
            case LINE -> svg.line("line", x + 1, middle, x + 17, middle);
            case DASHED -> svg.line("line dashed", x + 1, middle, x + 17, middle);
            case DOTTED -> svg.line("line dotted", x + 1, middle, x + 17, middle);
            case DOT -> svg.circle("fill", x + 10, middle, 5).end();
            case BLOCK -> svg.rect("fill", x + 3, middle - 5.5, 13, 11).end();
        }
        svg.words("", x + SAMPLE, middle + 4.2, Svg.Anchor.START, Words.shortened(key.name(), SIZE, room), key.name());
        svg.end();
    }
}
