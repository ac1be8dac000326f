package fathom.data;

import fathom.config.Default;
import java.util.List;

/**
 * Which data, and how it becomes numbers. The part of a spec that names no place on a disk.
 *
 * @param set the name of a data set, or the path of a folder of images
 * @param scale how a byte becomes a number
 * @param size side to which pictures are brought, 0 to leave them as they are
 * @param fit how: by bilinear interpolation, or by a border of background
 * @param validation share of the training pictures that is held back to choose by, at least 0 and below 1
 * @param splitSeed the seed that picks them
 * @param augmentation changes to training pictures, in this order
 * @param count how many pictures a made-up set draws for training (a sixth as many for testing)
 */
public record Data(
        String set,
        @Default("unit") Scale scale,
        @Default("0") int size,
        @Default("resize") Fit fit,
        @Default("0.1") double validation,
        @Default("0") long splitSeed,
        @Default("[]") List<Augmentation> augmentation,
        @Default("12000") int count,
        @Default("0") int limitTrain) {

    /** How a byte of 0 … 255 becomes a number. */
    public sealed interface Scale {
        /** As it is, 0 … 255. */
        record Raw() implements Scale {}

        /** Divided by 255. */
        record Unit() implements Scale {}

        /** Divided by 255, less {@code mean}, divided by {@code deviation}. */
        record Normalise(double mean, double deviation) implements Scale {}
    }

    /** How a picture is brought to another size. */
    public enum Fit {
        RESIZE,
        PAD
    }

    public Data {
        augmentation = List.copyOf(augmentation);
    }
}
