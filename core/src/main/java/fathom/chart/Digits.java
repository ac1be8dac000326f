package fathom.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Single numbers as text. */
final class Digits {
    private static final MathContext FOUR = new MathContext(4, RoundingMode.HALF_EVEN);

    private Digits() {}

    /** With four significant digits, or two decimals of a percentage. */
    static String text(Axis.Unit unit, double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
        }
        return switch (unit) {
            case WHOLE -> count(value);
            case PERCENT -> minus(String.format(Locale.ROOT, "%,.2f", 100 * value)) + " %";
            case NUMBER -> trimmed(BigDecimal.valueOf(value).round(FOUR));
        };
    }

    /** A count with groups of three, or the number as it is if it is none. */
    static String count(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? minus(String.format(Locale.ROOT, "%,d", (long) value))
                : text(Axis.Unit.NUMBER, value);
    }

    private static String trimmed(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = value.stripTrailingZeros();
        boolean plain = shortest.precision() - shortest.scale() <= 9 && shortest.scale() <= 8;
        return minus(plain ? shortest.toPlainString() : shortest.toString());
    }

    private static String minus(String text) {
        return text.startsWith("-") ? "−" + text.substring(1) : text;
    }
}
