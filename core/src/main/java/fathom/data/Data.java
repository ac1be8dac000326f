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
 * @param splitSeed the seed that picks them; a made-up set is also drawn by it
 * @param augmentation changes to training pictures, in this order
 * @param count how many pictures a made-up set draws for training (a sixth as many for testing)
 * @param limitTrain how many training pictures to use at most, 0 for all; the other splits stay as they are
 * @param crop side of the square that is cut out of the middle of each picture before {@code size} applies, 0 for none
 * @param text how sentences are read; sets of pictures do not look at it
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
        @Default("0") int limitTrain,
        @Default("0") int crop,
        @Default("{}") Text text) {
    private static final int LARGEST_SIDE = 1024;
    private static final int MOST_DRAWN = 1_000_000;

    /** How a byte of 0 … 255 becomes a number. */
    public sealed interface Scale {
        /** As it is, 0 … 255. */
        record Raw() implements Scale {}

        /** Divided by 255. */
        record Unit() implements Scale {}

        /** Divided by 255, less {@code mean}, divided by {@code deviation}. */
        record Normalise(double mean, double deviation) implements Scale {
            /** @throws IllegalArgumentException if a number is not finite or the deviation not positive */
            public Normalise {
                if (!Double.isFinite(mean)) {
                    throw new IllegalArgumentException("mean must be a finite number, got " + mean);
                }
                if (!(deviation > 0 && Double.isFinite(deviation))) {
                    throw new IllegalArgumentException("deviation must be above 0, got " + deviation);
                }
            }
        }

        /** The number that a byte of 0 … 255 becomes. */
        default float of(int value) {
            return switch (this) {
                case Raw _ -> value;
                case Unit _ -> value / 255f;
                case Normalise(double mean, double deviation) -> (float) ((value / 255.0 - mean) / deviation);
            };
        }
    }

    /** How a picture is brought to another size. */
    public enum Fit {
        RESIZE,
        PAD
    }

    /** @throws IllegalArgumentException if a number is out of its range; the message names it */
    public Data {
        augmentation = List.copyOf(augmentation);
        if (set.isBlank()) {
            throw new IllegalArgumentException("set must name a data set or a folder of images, got nothing");
        }
        if (!(validation >= 0 && validation < 1)) {
            throw new IllegalArgumentException("validation must be at least 0 and below 1, got " + validation);
        }
        requireBetween("size", size, 0, LARGEST_SIDE);
        requireBetween("count", count, 1, MOST_DRAWN);
        requireBetween("limitTrain", limitTrain, 0, Integer.MAX_VALUE);
        requireBetween("crop", crop, 0, LARGEST_SIDE);
    }

    /** Data of pictures: as the other constructor, with nothing cut off and sentences read as usual. */
    public Data(
            String set,
            Scale scale,
            int size,
            Fit fit,
            double validation,
            long splitSeed,
            List<Augmentation> augmentation,
            int count,
            int limitTrain) {
        this(set, scale, size, fit, validation, splitSeed, augmentation, count, limitTrain, 0, Text.usual());
    }

    /** A data set scaled to [0, 1], a tenth of its training pictures held back to choose by. */
    public static Data of(String set) {
        return new Data(set, new Scale.Unit(), 0, Fit.RESIZE, 0.1, 0, List.of(), 12_000, 0);
    }

    public Data withScale(Scale scale) {
        return new Data(set, scale, size, fit, validation, splitSeed, augmentation, count, limitTrain, crop, text);
    }

    public Data withSize(int size) {
        return new Data(set, scale, size, fit, validation, splitSeed, augmentation, count, limitTrain, crop, text);
    }

    public Data withValidation(double validation) {
        return new Data(set, scale, size, fit, validation, splitSeed, augmentation, count, limitTrain, crop, text);
    }

    public Data withAugmentation(Augmentation... augmentation) {
        return new Data(
                set, scale, size, fit, validation, splitSeed, List.of(augmentation), count, limitTrain, crop, text);
    }

    public Data withCrop(int crop) {
        return new Data(set, scale, size, fit, validation, splitSeed, augmentation, count, limitTrain, crop, text);
    }

    public Data withText(Text text) {
        return new Data(set, scale, size, fit, validation, splitSeed, augmentation, count, limitTrain, crop, text);
    }

    public Data withCount(int count) {
        return new Data(set, scale, size, fit, validation, splitSeed, augmentation, count, limitTrain, crop, text);
    }

    /** The number that stands for an empty pixel: what byte 0 becomes. */
    public float background() {
        return scale.of(0);
    }

    private static void requireBetween(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be in %d … %d, got %d".formatted(what, least, most, value));
        }
    }
}
