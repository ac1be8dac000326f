package fathom.data;

import fathom.config.Default;

/** A random change of a training picture that keeps its class. New pixels are those of the data's background. */
public sealed interface Augmentation {
    /** Moves by up to {@code pixels} in each direction, whole pixels. */
    record Shift(int pixels) implements Augmentation {}

    /** Mirrors left and right with probability one half. */
    record Flip() implements Augmentation {}

    /** Turns about the centre by up to {@code degrees} either way, bilinear. */
    record Rotate(double degrees) implements Augmentation {}

    /** With {@code probability}, fills a rectangle of {@code smallest} to {@code largest} of the area (Zhong et al. 2020). */
    record Erase(
            @Default("0.5") double probability,
            @Default("0.02") double smallest,
            @Default("0.33") double largest) implements Augmentation {}
}
