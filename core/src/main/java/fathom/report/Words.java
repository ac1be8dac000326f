package fathom.report;

import fathom.inspect.Interval;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {
    private static final int LONGEST = 40;

    private Words() {}

    /** A share as 98.76 %. */
    static String percent(double share) {
        return Double.isFinite(share) ? number("%.2f", 100 * share) + "\u00a0%" : "–";
    }

    /** 98.76 % (98.53 – 98.96 %). */
    static String percent(Interval interval) {
        return "%s (%s – %s)"
                .formatted(percent(interval.share()), number("%.2f", 100 * interval.low()), percent(interval.high()));
    }

    /** A share with as many digits as it was published with, two at most: 98.3 %, 99.05 %. */
    static String published(double share) {
        String digits = number("%.2f", 100 * share);
        return (digits.endsWith("0") ? digits.substring(0, digits.length() - 1) : digits) + "\u00a0%";
    }

    static String count(long number) {
        return number("%,d", number);
    }

    static String decimals(double value, int digits) {
        return Double.isFinite(value) ? number("%." + digits + "f", value) : "–";
    }

    /** A probability that may be very small. */
    static String probability(double p) {
        return p < 1e-4 ? number("%.1e", p) : number("%.4f", p);
    }

    /** 12.3 s, 4 min 5 s, 2 h 3 min. */
    static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "–";
        }
        long whole = Math.round(seconds);
        if (seconds < 100) {
            return number("%.1f s", seconds);
        }
        return whole < 7200
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole / 60 % 60 + " min";
    }

    /** A name that takes no more room than a figure's caption has. */
    static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
