package fathom.train;

import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.model.Shape;
import fathom.random.Draws;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Points around one centre a class, overlapping: learnt in a blink, never perfectly. */
public record Clouds(int train, int validation, int test) implements Dataset {
    private static final int CLASSES = 3;
    private static final Shape POINT = Shape.of(4);

    @Override
    public String name() {
        return "clouds";
    }

    @Override
    public Shape shape() {
        return POINT;
    }

    @Override
    public List<String> classes() {
        return List.of("red", "green", "blue");
    }

    @Override
    public Examples examples(Split split) {
        int size = switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
        return new Examples() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public int label(int index) {
                return index % CLASSES;
            }

            @Override
            public void read(int index, float[] out, int offset) {
                var draws = Draws.of(1, "clouds/" + split, index);
                for (int i = 0; i < POINT.count(); i++) {
                    out[offset + i] = (float) (draws.nextGaussian() + (i == label(index) ? 2 : 0));
                }
            }

            @Override
            public Shape shape() {
                return POINT;
            }
        };
    }

    @Override
    public SequencedMap<String, String> provenance() {
        return new LinkedHashMap<>();
    }
}
