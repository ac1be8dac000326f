package fathom.data;

import fathom.model.Shape;
import fathom.random.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Drawn faces of 64×64 pixels in colour, with known factors ({@link Attributes}): turn of the head, tone of the skin, length
 * and shade of the hair, smile, glasses, lines of age, width of the head. Factors are independent and uniform, so what a
 * network has learned of each can be scored. They need no file. Every face has a stream of random numbers of its own, so
 * face 17 of a split is the same in a set of any size. Classes are those without and with glasses.
 */
public final class ToyFaces {
    static final String NAME = "toy-faces";
    private static final Shape SHAPE = Shape.of(3, FaceDrawing.SIDE, FaceDrawing.SIDE);
    private static final List<String> CLASSES = List.of("no glasses", "glasses");

    /** Grows when the drawing changes, so that runs on other pictures can be told apart. */
    private static final int DRAWING = 1;

    private record Factor(String name, boolean binary, ToDoubleFunction<Face> of) {
        AttributeColumn column(List<Face> faces) {
            float[] values = new float[faces.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) of.applyAsDouble(faces.get(i));
            }
            return new AttributeColumn(name, binary, values);
        }
    }

    private static final List<Factor> FACTORS = List.of(
            new Factor("turn", false, Face::turn),
            new Factor("skin", false, Face::skin),
            new Factor("hair_length", false, Face::hairLength),
            new Factor("hair_shade", false, Face::hairShade),
            new Factor("smile", false, Face::smile),
            new Factor("glasses", true, face -> face.glasses() ? 1 : 0),
            new Factor("age", false, Face::age),
            new Factor("width", false, Face::width));

    private ToyFaces() {}

    /** The set that {@code data} describes: its count, split seed, scale, crop, size and limit. */
    public static Dataset open(Data data) {
        int validation = PictureSet.held(data.count(), data);
        int tested = Math.max(1, data.count() / 6);
        Album.requireMemory(NAME, data.count() + tested, SHAPE, "data.count");
        var provenance = new LinkedHashMap<String, String>();
        provenance.put("drawing", "toy-faces version " + DRAWING);
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
        var faces = new ArrayList<Face>(count);
        for (int i = 0; i < count; i++) {
            faces.add(Face.draw(Draws.of(seed, "toy-faces " + split.name(), i)));
        }
        byte[][] pictures = faces.parallelStream().map(FaceDrawing::draw).toArray(byte[][]::new);
        int[] labels = faces.stream().mapToInt(face -> face.glasses() ? 1 : 0).toArray();
        var titles = IntStream.range(0, count).mapToObj(i -> "face " + i).toList();
        var columns = FACTORS.stream().map(factor -> factor.column(faces)).toList();
        return new Album(SHAPE, pictures, labels).with(new Attributes(titles, columns));
    }
}
