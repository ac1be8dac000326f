package fathom.data;

import fathom.model.Shape;
import fathom.random.Draws;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Made-up digits of 28×28 grey pixels: pen strokes in a random pose (turn, slant, size, place, wobble), of random
 * thickness, among stray strokes and grain. They need no file and no font. Every picture has a stream of random numbers
 * of its own, so picture 17 of a split is the same in a set of any size.
 */
public final class ToyDigits {
    private static final String NAME = "toy-digits";
    private static final int SIDE = 28;
    private static final Shape SHAPE = Shape.of(1, SIDE, SIDE);
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /** Grows when the drawing changes, so that runs on other pictures can be told apart. */
    private static final int DRAWING = 1;

    private ToyDigits() {}

    /** The set that {@code data} describes: its count, split seed, scale, size and limit. */
    public static Dataset open(Data data) {
        int validation = PictureSet.held(data.count(), data);
        int tested = Math.max(1, data.count() / 6);
        Album.requireMemory(NAME, data.count() + tested, SHAPE, "data.count");
        var provenance = new LinkedHashMap<String, String>();
        provenance.put("drawing", "toy-digits version " + DRAWING);
        provenance.put("seed", Long.toString(data.splitSeed()));
        return PictureSet.of(
                new About(NAME, CLASSES, provenance),
                album(data.splitSeed(), Split.TRAIN, data.count() - validation).fitted(data),
                album(data.splitSeed(), Split.VALIDATION, validation).fitted(data),
                album(data.splitSeed(), Split.TEST, tested).fitted(data),
                data);
    }

    /** The first {@code count} pictures of a split. */
    static Album album(long seed, Split split, int count) {
        byte[][] pictures = new byte[count][];
        int[] labels = new int[count];
        String stream = "toy-digits " + split.name();
        IntStream.range(0, count).parallel().forEach(i -> {
            var draws = Draws.of(seed, stream, i);
            labels[i] = draws.nextInt(CLASSES.size());
            pictures[i] = draw(labels[i], draws);
        });
        return new Album(SHAPE, pictures, labels);
    }

    private static byte[] draw(int digit, Draws draws) {
        var ink = new Ink(SIDE);
        scribble(ink, draws);
        var pose = Pose.draw(SIDE, draws);
        double radius = draws.nextDouble(0.55, 1.5);
        double strength = draws.nextDouble(0.7, 1);
        for (double[] stroke : Glyphs.pick(digit, draws)) {
            ink.stroke(pose.apply(stroke), radius, strength);
        }
        return ink.develop(draws.nextDouble(4, 26), draws);
    }

    /** Stray strokes, thinner and shorter than a digit's. */
    private static void scribble(Ink ink, Draws draws) {
        int strokes = draws.nextInt(4);
        for (int i = 0; i < strokes; i++) {
            double x = draws.nextDouble(0, SIDE - 1);
            double y = draws.nextDouble(0, SIDE - 1);
            double angle = draws.nextDouble(0, 2 * Math.PI);
            double bend = draws.nextDouble(-1, 1);
            double length = draws.nextDouble(1.5, 4);
            double middleX = x + length * StrictMath.cos(angle);
            double middleY = y + length * StrictMath.sin(angle);
            double endX = middleX + length * StrictMath.cos(angle + bend);
            double endY = middleY + length * StrictMath.sin(angle + bend);
            double[] points = {x, y, middleX, middleY, endX, endY};
            ink.stroke(points, draws.nextDouble(0.3, 0.9), draws.nextDouble(0.3, 0.9));
        }
    }
}
