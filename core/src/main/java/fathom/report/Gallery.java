package fathom.report;

import fathom.chart.Images;
import fathom.data.Data;
import fathom.data.Examples;
import fathom.model.Shape;
import java.util.Optional;

/** The pictures of a split, as people see them. */
final class Gallery {
    private static final long MOST_BYTES = 256L << 20;

    private final Examples examples;
    private final Shape shape;
    private final Data.Scale scale;

    private Gallery(Examples examples, Data.Scale scale) {
        this.examples = examples;
        this.shape = examples.shape();
        this.scale = scale;
    }

    /** Empty if the examples are no pictures of 1 or 3 channels. */
    static Optional<Gallery> of(Examples examples, Data.Scale scale) {
        Shape shape = examples.shape();
        boolean isPicture = shape.rank() == 3 && (shape.size(0) == 1 || shape.size(0) == 3);
        return isPicture ? Optional.of(new Gallery(examples, scale)) : Optional.empty();
    }

    int height() {
        return shape.size(1);
    }

    int width() {
        return shape.size(2);
    }

    /** Whether so many can be held in memory to be drawn. */
    boolean holds(int count) {
        return (long) count * shape.count() <= MOST_BYTES;
    }

    /** These examples, in this order. */
    Images images(int... indices) {
        var values = new float[shape.count()];
        return Images.grey(
                indices.length,
                i -> {
                    examples.read(indices[i], values, 0);
                    return values;
                },
                shape.size(0),
                height(),
                width(),
                scale.of(0),
                scale.of(255));
    }

    /** Pictures of the same kind that are not in the split, as network inputs one after the other. */
    Images images(float[] values) {
        return Images.grey(values, shape.size(0), height(), width(), scale.of(0), scale.of(255));
    }
}
