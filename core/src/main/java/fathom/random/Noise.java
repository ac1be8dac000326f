package fathom.random;

/**
 * Standard normal numbers, each fully named by (seed, stream, step) and its index, so that whoever draws it, in whatever
 * order, gets the same. By the inverse of the distribution's function (Wichura 1988, algorithm AS 241, PPND16: 1e-16 of
 * the value), which needs a logarithm for one number in seven only.
 */
public final class Noise {
    private static final double NEAR = 0.425;
    private static final double FAR = 5;

    private static final double[] A = {
        3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
        45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227
    };
    private static final double[] B = {
        1,
        42.31333070160091,
        687.1870074920579,
        5394.196021424751,
        21213.794301586597,
        39307.89580009271,
        28729.085735721943,
        5226.495278852854
    };
    private static final double[] C = {
        1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
        1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414
    };
    private static final double[] D = {
        1,
        2.053191626637759,
        1.6763848301838038,
        0.6897673349851,
        0.14810397642748008,
        0.015198666563616457,
        0.0005475938084995345,
        1.0507500716444169e-09
    };
    private static final double[] E = {
        6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
        0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-05, 2.0103343992922881e-07
    };
    private static final double[] F = {
        1,
        0.599832206555888,
        0.1369298809227358,
        0.014875361290850615,
        0.0007868691311456133,
        1.8463183175100548e-05,
        1.421511758316446e-07,
        2.0442631033899397e-15
    };

    private final long key;

    private Noise(long key) {
        this.key = key;
    }

    /** The numbers of one stream at one step. */
    public static Noise of(long seed, String stream, long step) {
        return new Noise(Draws.key(seed, stream, step));
    }

    /** The number at an index, from 0. */
    public float at(long index) {
        return (float) quantile(Draws.uniformAt(key, index));
    }

    /** Where the distribution's function is {@code p}, above 0 and below 1. */
    static double quantile(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= NEAR) {
            double r = NEAR * NEAR - q * q;
            return q * polynomial(A, r) / polynomial(B, r);
        }
        double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
        double tail = r <= FAR
                ? polynomial(C, r - 1.6) / polynomial(D, r - 1.6)
                : polynomial(E, r - FAR) / polynomial(F, r - FAR);
        return q < 0 ? -tail : tail;
    }

    private static double polynomial(double[] c, double x) {
        return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0];
    }
}
