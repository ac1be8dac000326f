package fathom.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the marks of an axis stand and how they are written.
 *
 * @param from where the axis begins
 * @param to where it ends
 * @param values in growing order, all between {@code from} and {@code to}
 * @param labels one for each value
 */
record Ticks(double from, double to, List<Double> values, List<String> labels) {
    private static final double ALMOST = 1e-9;

    Ticks {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
    }

    /**
     * For the numbers of an axis.
     *
     * @param low the smallest number to be shown, NaN if there is none
     * @param high the largest
     * @param most about how many marks there is room for
     * @param rounded whether the axis is lengthened to the next mark at both ends
     */
    static Ticks of(Axis axis, double low, double high, int most, boolean rounded) {
        boolean fixedLow = axis.from().isPresent();
        boolean fixedHigh = axis.to().isPresent();
        double from = axis.from().orElse(low);
        double to = axis.to().orElse(high);
        if (axis.scale() == Axis.Scale.LOG) {
            return log(from, to, most);
        }
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            from = 0;
            to = 1;
        }
        if (to - from <= Math.max(Math.abs(from), Math.abs(to)) * 1e-12) {
            double room = from == 0 ? 1 : Math.abs(from) * 0.1;
            room = axis.unit() == Axis.Unit.WHOLE ? 1 : room;
            from = fixedLow ? from : from - room;
            to = fixedHigh && !fixedLow ? to : to + room;
        }
        double step = step((to / most - from / most), axis.unit());
        if (rounded && !fixedLow) {
            from = Math.floor(from / step + ALMOST) * step;
        }
        if (rounded && !fixedHigh) {
            to = Math.ceil(to / step - ALMOST) * step;
        }
        return linear(axis, from, to, step);
    }

    private static Ticks linear(Axis axis, double from, double to, double step) {
        var values = new ArrayList<Double>();
        var labels = new ArrayList<String>();
        double first = Math.ceil(from / step - ALMOST);
        double last = Math.floor(to / step + ALMOST);
        for (double i = first; i <= last; i++) {
            double value = i * step;
            values.add(Math.clamp(value, from, to));
            labels.add(label(axis.unit(), value, step));
        }
        return new Ticks(from, to, values, labels);
    }

    /** The smallest of 1, 2, 2.5, 5 times a power of ten that is at least {@code least}. */
    private static double step(double least, Axis.Unit unit) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(least)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            double step = factor * power;
            if (step >= least * (1 - ALMOST) && (unit != Axis.Unit.WHOLE || step == Math.rint(step))) {
                return step;
            }
        }
        return unit == Axis.Unit.WHOLE ? Math.max(1, 10 * power) : 10 * power;
    }

    /** Powers of ten; between them 2 and 5 times those where there are few. */
    private static Ticks log(double low, double high, int most) {
        double from = Double.isFinite(low) && low > 0 ? low : 1;
        double to = Double.isFinite(high) && high > from ? high : from * 10;
        int first = (int) Math.floor(StrictMath.log10(from) + ALMOST);
        int last = (int) Math.ceil(StrictMath.log10(to) - ALMOST);
        double marks = 3 * (StrictMath.log10(to) - StrictMath.log10(from));
        int[] factors = marks <= most + 1 ? new int[] {1, 2, 5} : new int[] {1};
        int every = Math.max(1, Math.ceilDiv(last - first, Math.max(1, most)));
        double floor = from;
        double ceiling = to;
        var values = new ArrayList<Double>();
        var labels = new ArrayList<String>();
        for (int power = first; power <= last; power += every) {
            for (int factor : factors) {
                double value = factor * StrictMath.pow(10, power);
                values.add(value);
                labels.add(factor == 1 ? power(power) : label(Axis.Unit.NUMBER, value, value));
            }
        }
        // The axis reaches from the last mark below the numbers to the first one above.
        floor = values.stream()
                .filter(v -> v <= from * (1 + ALMOST))
                .reduce((a, b) -> b)
                .orElse(floor);
        ceiling =
                values.stream().filter(v -> v >= to * (1 - ALMOST)).findFirst().orElse(ceiling);
        for (int i = values.size() - 1; i >= 0; i--) {
            if (values.get(i) < floor || values.get(i) > ceiling) {
                values.remove(i);
                labels.remove(i);
            }
        }
        return new Ticks(floor, ceiling, values, labels);
    }

    private static String power(int power) {
        if (power >= -3 && power <= 3) {
            return label(Axis.Unit.NUMBER, StrictMath.pow(10, power), StrictMath.pow(10, power));
        }
        return "10" + raised(power);
    }

    private static String raised(int power) {
        var text = new StringBuilder();
        for (char c : Integer.toString(power).toCharArray()) {
            text.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return text.toString();
    }

    /** A number with as many decimals as its step needs. */
    private static String label(Axis.Unit unit, double value, double step) {
        if (unit == Axis.Unit.PERCENT) {
            return plain(100 * value, 100 * step) + " %";
        }
        double size = Math.max(Math.abs(value), step);
        if (unit == Axis.Unit.NUMBER && value != 0 && (size >= 1e7 || step < 1e-5)) {
            int power = (int) Math.floor(StrictMath.log10(Math.abs(value)) + ALMOST);
            double scale = StrictMath.pow(10, power);
            return plain(value / scale, step / scale) + "·10" + raised(power);
        }
        return plain(value, step);
    }

    private static String plain(double value, double step) {
        int decimals = 0;
        double scaled = step;
        while (decimals < 12 && Math.abs(scaled - Math.rint(scaled)) > 1e-6 * scaled) {
            scaled *= 10;
            decimals++;
        }
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value + 0.0);
        return text.startsWith("-") ? "−" + text.substring(1) : text;
    }
}
