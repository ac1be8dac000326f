package fathom.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Distances are those of OKLab (Ottosson 2020), where 0.02 is about the least that one sees side by side. */
class ColoursTest {
    private static final double[][] NORMAL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    /** Machado, Oliveira and Fernandes 2009, severity 1. */
    private static final double[][] NO_RED = {
        {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
    };

    private static final double[][] NO_GREEN = {
        {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
    };
    private static final double[][] NO_BLUE = {
        {1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}
    };

    @Test
    void tenClassesAreToldApartByEveryone() {
        for (IntUnaryOperator palette : new IntUnaryOperator[] {Palette::onLight, Palette::onDark}) {
            assertThat(closest(palette, NORMAL)).isGreaterThan(0.08);
            assertThat(closest(palette, NO_RED)).isGreaterThan(0.055);
            assertThat(closest(palette, NO_GREEN)).isGreaterThan(0.055);
            assertThat(closest(palette, NO_BLUE)).isGreaterThan(0.055);
        }
    }

    /** The same measure finds what it should: the usual ten of another tool collapse without green. */
    @Test
    void anOrdinaryPaletteWouldFail() {
        int[] ordinary = {
            0x4E79A7, 0xF28E2B, 0xE15759, 0x76B7B2, 0x59A14F, 0xEDC948, 0xB07AA1, 0xFF9DA7, 0x9C755F, 0xBAB0AC
        };
        assertThat(closest(i -> ordinary[i], NO_GREEN)).isLessThan(0.02);
    }

    @Test
    void everyColourIsSeenOnItsGround() {
        for (int i = 0; i < Palette.SIZE; i++) {
            assertThat(contrast(Palette.onLight(i), Ground.colour(Theme.LIGHT))).isGreaterThan(2.2);
            assertThat(contrast(Palette.onDark(i), Ground.colour(Theme.DARK))).isGreaterThan(3);
        }
    }

    @Test
    void mapsOfNumbersRunFromEndToEnd() {
        assertThat(Shades.heat(0)).isEqualTo(0x440154);
        assertThat(Shades.heat(1)).isEqualTo(0xfde725);
        assertThat(Shades.heat(Double.NaN)).isEqualTo(0x440154);
        assertThat(Shades.signed(0)).isEqualTo(0xf7f7f7);
        assertThat(Shades.signed(-7)).isEqualTo(0x08306b);
        assertThat(Shades.signed(7)).isEqualTo(0x7f3b08);
    }

    private static double closest(IntUnaryOperator palette, double[][] eyes) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < Palette.SIZE; i++) {
            for (int j = 0; j < i; j++) {
                double[] a = lab(seen(linear(palette.applyAsInt(i)), eyes));
                double[] b = lab(seen(linear(palette.applyAsInt(j)), eyes));
                double distance =
                        Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
                least = Math.min(least, distance);
            }
        }
        return least;
    }

    private static double[] linear(int colour) {
        double[] channels = {colour >> 16, colour >> 8 & 0xff, colour & 0xff};
        return Arrays.stream(channels)
                .map(c -> c / 255)
                .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
                .toArray();
    }

    private static double[] seen(double[] colour, double[][] eyes) {
        return Arrays.stream(product(eyes, colour))
                .map(c -> Math.clamp(c, 0, 1))
                .toArray();
    }

    private static double[] lab(double[] linear) {
        double[][] cones = {
            {0.4122214708, 0.5363325363, 0.0514459929},
            {0.2119034982, 0.6806995451, 0.1073969566},
            {0.0883024619, 0.2817188376, 0.6299787005}
        };
        double[][] axes = {
            {0.2104542553, 0.7936177850, -0.0040720468},
            {1.9779984951, -2.4285922050, 0.4505937099},
            {0.0259040371, 0.7827717662, -0.8086757660}
        };
        return product(
                axes, Arrays.stream(product(cones, linear)).map(Math::cbrt).toArray());
    }

    private static double[] product(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix)
                .mapToDouble(row -> row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
                .toArray();
    }

    /** Of the web's accessibility guidelines (WCAG 2.1). */
    private static double contrast(int a, int b) {
        double first = luminance(a);
        double second = luminance(b);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(int colour) {
        double[] c = linear(colour);
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    }
}
