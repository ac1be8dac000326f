package fathom.data;

import fathom.config.Default;
import java.util.List;
import java.util.stream.Stream;

/** A random change of a training picture that keeps its class. New pixels are those of the data's background. */
public sealed interface Augmentation {
    /** Moves by up to {@code pixels} in each direction, whole pixels. */
    record Shift(int pixels) implements Augmentation {
        /** @throws IllegalArgumentException if {@code pixels} is not in 1 … 256 */
        public Shift {
            if (pixels < 1 || pixels > 256) {
                throw new IllegalArgumentException("pixels of a shift must be in 1 … 256, got " + pixels);
            }
        }
    }

    /** Mirrors left and right with probability one half. */
    record Flip() implements Augmentation {}

    /** Turns about the centre by up to {@code degrees} either way, bilinear. */
    record Rotate(double degrees) implements Augmentation {
        /** @throws IllegalArgumentException if {@code degrees} is not above 0 and at most 180 */
        public Rotate {
            if (!(degrees > 0 && degrees <= 180)) {
                throw new IllegalArgumentException(
                        "degrees of a rotation must be above 0 and at most 180, got " + degrees);
            }
        }
    }

    /**
     * Turns, enlarges or shrinks, slants and moves in one go, bilinear: by up to {@code degrees} either way, by a factor in
     * 1 − {@code zoom} … 1 + {@code zoom}, by up to {@code shear} columns a row, by up to {@code pixels} each way.
     */
    record Affine(
            @Default("0") double degrees,
            @Default("0") double zoom,
            @Default("0") double shear,
            @Default("0") double pixels)
            implements Augmentation {
        /** @throws IllegalArgumentException unless degrees are in 0 … 180, zoom in 0 … 0.9, shear in 0 … 1, pixels in 0 … 256 */
        public Affine {
            requireBetween("degrees", degrees, 180);
            requireBetween("zoom", zoom, 0.9);
            requireBetween("shear", shear, 1);
            requireBetween("pixels", pixels, 256);
        }

        private static void requireBetween(String what, double value, double most) {
            if (!(value >= 0 && value <= most)) {
                throw new IllegalArgumentException(
                        "%s of an affine map must be in 0 … %s, got %s".formatted(what, most, value));
            }
        }
    }

    /** With {@code probability}, fills a rectangle of {@code smallest} to {@code largest} of the area (Zhong et al. 2020). */
    record Erase(
            @Default("0.5") double probability,
            @Default("0.02") double smallest,
            @Default("0.33") double largest) implements Augmentation {
        /** @throws IllegalArgumentException unless 0 ≤ probability ≤ 1 and 0 < smallest ≤ largest < 1 */
        public Erase {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability of erasing must be in 0 … 1, got " + probability);
            }
            if (!(smallest > 0 && smallest <= largest && largest < 1)) {
                throw new IllegalArgumentException(
                        "erased shares of the area must be 0 < smallest ≤ largest < 1, got smallest %s, largest %s"
                                .formatted(smallest, largest));
            }
        }
    }

    /**
     * Makes {@code changes} only while less than {@code until} of the training is done. What follows learns from pictures such
     * as it will be asked about (He et al. 2019, "Data Augmentation Revisited").
     */
    record Early(double until, List<Augmentation> changes) implements Augmentation {
        /** @throws IllegalArgumentException unless 0 < until < 1 and there are changes */
        public Early {
            if (!(until > 0 && until < 1)) {
                throw new IllegalArgumentException("until of early changes must be above 0 and below 1, got " + until);
            }
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("needs at least one change");
            }
            changes = List.copyOf(changes);
        }
    }

    /** This change, or those that it makes early in a training. */
    default Stream<Augmentation> steps() {
        return this instanceof Early early ? early.changes().stream().flatMap(Augmentation::steps) : Stream.of(this);
    }
}
