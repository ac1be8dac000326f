package fathom.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The scatter whose points are the pictures themselves. Points whose numbers are not finite are left out; a line below says
 * how many of all are drawn.
 *
 * @param classes the class of each picture, an index into {@code names}
 * @param labels what is said of each picture when one hovers over it; or none at all
 * @param side of one picture on the chart, in pixels, 4 … 256
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
    /** Pixels of the PNG for each pixel of the chart along one side: pictures stay sharp when the page is enlarged. */
    private static final int DENSITY = 2;

    private static final int BACKGROUND = 10;
    private static final double DARKEST = 0.3;
    private static final double STEPS = 23;
    private static final int USUAL_SIDE = 24;
    private static final double LEGEND = 170;
    private static final double NARROW = 520;

    /** What becomes of pictures that would cover each other. */
    public enum Placing {
        /** All are drawn where they belong, one above the other. */
        OVERLAPPING,
        /** Each goes to the nearest free cell of a grid; one that finds none beside its own is left out. */
        GRID
    }

    /** How pictures are drawn. */
    public enum Ink {
        /** In the colour of their class, black being transparent: for bright strokes on black. */
        TINTED,
        /** As they are, in a frame of the colour of their class. */
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

    /** Of the usual size; grey pictures are tinted. */
    public static ImageScatter of(
            String title, Numbers xs, Numbers ys, Numbers classes, List<String> names, Images images, Placing placing) {
        Ink ink = images.isGrey() ? Ink.TINTED : Ink.PLAIN;
        return new ImageScatter(title, xs, ys, classes, names, images, List.of(), placing, ink, USUAL_SIDE);
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

    /** Pictures that cannot cover each other are one PNG a class, with the class {@code c3}; else all are in one PNG. */
    @Override
    public String svg(Look look) {
        var classNames = Legend.ofClasses(names);
        var legend = look.theme() == Theme.AUTO ? classNames.withFixedColours() : classNames;
        boolean beside = look.width() >= NARROW;
        double room = look.width() - 2 * Heading.MARGIN;
        double legendWidth = beside ? legend.widthOfColumn(LEGEND) + 16 : 0;
        double top = Heading.height(title) + (beside ? 0 : legend.heightOfRows(room));
        var area = area(Heading.MARGIN, top, look.width() - 2 * Heading.MARGIN - legendWidth);
        var places = places(area);
        var svg = Svg.begin(look, title, look.width(), top + area.height() + 30);
        Heading.draw(svg, title, look.width());
        svg.rect("edge", area.left(), top, area.width(), area.height()).end();
        drawPictures(svg, look.theme(), area, places);
        drawPlacesToHover(svg, places);
        if (beside) {
            double x = area.left() + area.width() + 16;
            legend.drawColumn(svg, x, top, legendWidth - 16, area.height());
        } else {
            legend.drawRows(svg, Heading.MARGIN, Heading.height(title), room);
        }
        String said = said(places.size());
        String shown = Words.shortened(said, 11, room);
        svg.words("small dim", area.left(), top + area.height() + 18, Svg.Anchor.START, shown, said);
        return svg.text();
    }

    private String said(int drawn) {
        String count = Digits.count(drawn) + " of " + Digits.count(xs.size()) + " pictures";
        return switch (placing) {
            case OVERLAPPING -> drawn == xs.size() ? "all " + Digits.count(drawn) + " pictures" : count;
            case GRID -> count + ", moved to the cells of a grid";
        };
    }

    private ImagePlaces.Area area(double left, double top, double width) {
        return new ImagePlaces.Area(left, top, width, new Cloud(xs, ys).height(width));
    }

    private List<ImagePlaces.Place> places(ImagePlaces.Area area) {
        var cloud = new Cloud(xs, ys);
        var fit = cloud.fit(area.left(), area.top(), area.width(), area.height(), side / 2.0 + 3);
        var wanted = new ArrayList<ImagePlaces.Place>();
        cloud.known().forEach(i -> wanted.add(new ImagePlaces.Place(i, fit.x(xs.get(i)), fit.y(ys.get(i)))));
        return ImagePlaces.of(wanted, placing, side, area);
    }

    private void drawPictures(Svg svg, Theme theme, ImagePlaces.Area area, List<ImagePlaces.Place> places) {
        if (placing == Placing.OVERLAPPING) {
            drawLayer(svg, theme, area, places, "pictures");
            return;
        }
        for (int c = 0; c < names.size(); c++) {
            int index = c;
            var own = places.stream()
                    .filter(place -> classes.get(place.index()) == index)
                    .toList();
            drawLayer(svg, theme, area, own, "pictures c" + c);
        }
    }

    /** One PNG, as large as the pictures in it need. */
    private void drawLayer(
            Svg svg, Theme theme, ImagePlaces.Area area, List<ImagePlaces.Place> places, String classNames) {
        if (places.isEmpty()) {
            return;
        }
        double half = side / 2.0;
        var across = places.stream().mapToDouble(ImagePlaces.Place::x).summaryStatistics();
        var down = places.stream().mapToDouble(ImagePlaces.Place::y).summaryStatistics();
        double left = Math.floor(across.getMin() - half);
        double top = Math.floor(down.getMin() - half);
        double width = Math.ceil(across.getMax() + half) - left;
        double height = Math.ceil(down.getMax() + half) - top;
        var box = new ImagePlaces.Area(left, top, width, height);
        svg.window(area.left(), area.top(), area.width(), area.height());
        svg.element("image", classNames)
                .attribute("x", left)
                .attribute("y", top)
                .attribute("width", width)
                .attribute("height", height)
                .attribute("href", drawn(theme, box, places).dataUri())
                .end();
        svg.end();
    }

    private void drawPlacesToHover(Svg svg, List<ImagePlaces.Place> places) {
        if (placing == Placing.OVERLAPPING && labels.isEmpty()) {
            return;
        }
        for (ImagePlaces.Place place : places) {
            int i = place.index();
            int c = (int) classes.get(i);
            svg.rect("hit c" + c, place.x() - side / 2.0, place.y() - side / 2.0, side, side)
                    .attribute("data-index", i)
                    .title(labels.isEmpty() ? names.get(c) : labels.get(i))
                    .end();
        }
    }

    /** The pictures alone as a PNG file, on the ground of the theme ({@link Theme#AUTO}: transparent). */
    public byte[] png(Look look) {
        var area = area(0, 0, look.width());
        var pixels = new Pixels(DENSITY * (int) area.width(), DENSITY * (int) area.height());
        if (look.theme() != Theme.AUTO) {
            pixels.fill(Ground.colour(look.theme()));
        }
        draw(pixels, look.theme(), area, places(area));
        return pixels.png();
    }

    private Pixels drawn(Theme theme, ImagePlaces.Area box, List<ImagePlaces.Place> places) {
        var pixels = new Pixels(DENSITY * (int) box.width(), DENSITY * (int) box.height());
        draw(pixels, theme, box, places);
        return pixels;
    }

    private void draw(Pixels pixels, Theme theme, ImagePlaces.Area box, List<ImagePlaces.Place> places) {
        int pixelSide = DENSITY * side;
        for (ImagePlaces.Place place : places) {
            int left = (int) Math.round((place.x() - side / 2.0 - box.left()) * DENSITY);
            int top = (int) Math.round((place.y() - side / 2.0 - box.top()) * DENSITY);
            int c = (int) classes.get(place.index());
            int tint = theme == Theme.DARK ? Palette.onDark(c) : Palette.onLight(c);
            switch (ink) {
                case TINTED ->
                    pixels.draw(images, place.index(), left, top, pixelSide, pixelSide, colour -> tinted(colour, tint));
                case PLAIN -> {
                    int frame = side >= 12 ? DENSITY : 0;
                    int inner = pixelSide - 2 * frame;
                    pixels.fill(left, top, pixelSide, pixelSide, tint);
                    pixels.draw(
                            images,
                            place.index(),
                            left + frame,
                            top + frame,
                            inner,
                            inner,
                            colour -> 0xff000000 | colour);
                }
            }
        }
    }

    /**
     * The tint, darker where the picture is; its background is transparent. So few steps that ten classes need less than 256
     * colours, which keeps the PNG small; the dark edge of each picture parts it from those below.
     */
    private static int tinted(int colour, int tint) {
        int brightness = (299 * (colour >> 16) + 587 * (colour >> 8 & 0xff) + 114 * (colour & 0xff)) / 1000;
        if (brightness < BACKGROUND) {
            return 0;
        }
        double share = DARKEST + (1 - DARKEST) * Math.round(brightness * STEPS / 255.0) / STEPS;
        int result = 0xff;
        for (int shift = 16; shift >= 0; shift -= 8) {
            result = result << 8 | (int) Math.round(share * (tint >> shift & 0xff));
        }
        return result;
    }
}
