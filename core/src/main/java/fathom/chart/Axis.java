package fathom.chart;

import java.util.OptionalDouble;

/**
 * One axis.
 *
 * @param title what is measured; may be empty
 * @param from where it begins, instead of where the numbers do
 * @param to where it ends
 */
public record Axis(String title, Scale scale, Unit unit, OptionalDouble from, OptionalDouble to) {

    /** How numbers become places. */
    public enum Scale {
        LINEAR,
        /** By powers of ten; numbers of zero and below are left out. */
        LOG
    }

    /** How numbers are written. */
    public enum Unit {
        NUMBER,
        /** Ticks only at whole numbers: epochs, counts. */
        WHOLE,
        /** 0.25 is written 25 %. */
        PERCENT
    }

    public static Axis of(String title) {
        return new Axis(title, Scale.LINEAR, Unit.NUMBER, OptionalDouble.empty(), OptionalDouble.empty());
    }

    public static Axis log(String title) {
        return new Axis(title, Scale.LOG, Unit.NUMBER, OptionalDouble.empty(), OptionalDouble.empty());
    }

    public static Axis whole(String title) {
        return new Axis(title, Scale.LINEAR, Unit.WHOLE, OptionalDouble.empty(), OptionalDouble.empty());
    }

    public static Axis percent(String title) {
        return new Axis(title, Scale.LINEAR, Unit.PERCENT, OptionalDouble.empty(), OptionalDouble.empty());
    }

    public Axis between(double from, double to) {
        return new Axis(title, scale, unit, OptionalDouble.of(from), OptionalDouble.of(to));
    }
}
