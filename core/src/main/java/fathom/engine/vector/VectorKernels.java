package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels by the Vector API, for vectors of the processor's preferred width. Vectors live in local variables only:
 * one that is kept in a field or handed to a method that is not inlined costs an object each time.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    /** Whether there are 32 vector registers, enough for 24 sums; else there are 16, enough for 12. */
    private static final boolean IS_WIDE =
            LANES == 16 || System.getProperty("os.arch", "").equals("aarch64");

    /** Takes what {@link #touch} has read, or the compiler would see that nobody needs it. */
    @SuppressWarnings("UnusedVariable")
    private float touched;

    private static final Stretches STRETCHES = new VectorStretches();
    private static final MarkLoops MARKS = new VectorMarks();
    private static final WinogradLoops WINOGRAD = new VectorWinograd();
    private static final SequenceLoops SEQUENCES = new VectorSequenceLoops();

    private static final int LAST_SINGLE_TILE = 4;
    private static final int TWO_SMALL_TILES = 8;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String about() {
        return "Vector API, %d bits, tiles of %s sums".formatted(S.vectorBitSize(), IS_WIDE ? "4×6" : "2×6");
    }

    @Override
    public void product(
            Pattern k,
            Part part,
            int firstTap,
            int taps,
            float[] numbers,
            int weights,
            int start,
            float[] m,
            int from,
            int to) {
        if (part.channels() == 0) {
            return;
        }
        int last = part.firstPosition() + part.positions() - 1;
        int w = weights + part.firstChannel() * k.channelStep;
        int y = to + part.firstChannel() * k.plane;
        int first = start >= 0 ? start + part.firstChannel() : start;
        for (int p = part.firstPosition(); p <= last; ) {
            if (IS_WIDE && last - p >= 2) {
                fourPositions(k, part.channels(), firstTap, taps, numbers, w, first, m, from, y, p, last);
                p += 4;
            } else {
                twoPositions(k, part.channels(), firstTap, taps, numbers, w, first, m, from, y, p, last);
                p += 2;
            }
        }
    }

    /** Channels in blocks of 6 and 4, so that even numbers leave no remainder. */
    private static void fourPositions(
            Pattern k,
            int channels,
            int firstTap,
            int taps,
            float[] numbers,
            int w,
            int start,
            float[] m,
            int from,
            int to,
            int p,
            int last) {
        int p1 = Math.min(p + 1, last);
        int p2 = Math.min(p + 2, last);
        int p3 = Math.min(p + 3, last);
        int x0 = from + k.from[p];
        int x1 = from + k.from[p1];
        int x2 = from + k.from[p2];
        int x3 = from + k.from[p3];
        int y0 = to + k.to[p];
        int y1 = to + k.to[p1];
        int y2 = to + k.to[p2];
        int y3 = to + k.to[p3];
        for (int c = 0; c < channels; ) {
            int left = channels - c;
            int weights = w + c * k.channelStep;
            int first = start >= 0 ? start + c : start;
            int o = c * k.plane;
            if (left <= LAST_SINGLE_TILE || left == TWO_SMALL_TILES) {
                Tile4x4.run(
                        k, firstTap, taps, numbers, weights, first, left - 1, m, x0, x1, x2, x3, y0 + o, y1 + o, y2 + o,
                        y3 + o);
                c += 4;
            } else {
                Tile4x6.run(
                        k, firstTap, taps, numbers, weights, first, left - 1, m, x0, x1, x2, x3, y0 + o, y1 + o, y2 + o,
                        y3 + o);
                c += 6;
            }
        }
    }

    private static void twoPositions(
            Pattern k,
            int channels,
            int firstTap,
            int taps,
            float[] numbers,
            int w,
            int start,
            float[] m,
            int from,
            int to,
            int p,
            int last) {
        int p1 = Math.min(p + 1, last);
        for (int c = 0; c < channels; c += 6) {
            int o = to + c * k.plane;
            Tile2x6.run(
                    k,
                    firstTap,
                    taps,
                    numbers,
                    w + c * k.channelStep,
                    start >= 0 ? start + c : start,
                    channels - c - 1,
                    m,
                    from + k.from[p],
                    from + k.from[p1],
                    o + k.to[p],
                    o + k.to[p1]);
        }
    }

    @Override
    public void correlate(Overlap o, Overlap.Block block, float[] m, int left, int right, int to, int scratch) {
        if (IS_WIDE && waste(block.lefts(), 6, block.rights(), 4) < waste(block.lefts(), 4, block.rights(), 6)) {
            tiles(o.swapped(), block.swapped(), m, right, left, to, 1, o.right.length, scratch);
        } else {
            tiles(o, block, m, left, right, to, o.right.length, 1, scratch);
        }
    }

    /** How many sums are computed that way. */
    private static int waste(int lefts, int byLeft, int rights, int byRight) {
        return Math.ceilDiv(lefts, byLeft) * byLeft * Math.ceilDiv(rights, byRight) * byRight;
    }

    private static void tiles(
            Overlap o,
            Overlap.Block block,
            float[] m,
            int left,
            int right,
            int to,
            int step,
            int otherStep,
            int scratch) {
        int rows = IS_WIDE ? 4 : 2;
        int lastLeft = block.firstLeft() + block.lefts() - 1;
        int lastRight = block.firstRight() + block.rights() - 1;
        for (int i = block.firstLeft(); i <= lastLeft; i += rows) {
            int a0 = left + o.left[i];
            int a1 = left + o.left[Math.min(i + 1, lastLeft)];
            int a2 = left + o.left[Math.min(i + 2, lastLeft)];
            int a3 = left + o.left[Math.min(i + 3, lastLeft)];
            for (int j = block.firstRight(); j <= lastRight; j += 6) {
                int b0 = right + o.right[j];
                int b1 = right + o.right[Math.min(j + 1, lastRight)];
                int b2 = right + o.right[Math.min(j + 2, lastRight)];
                int b3 = right + o.right[Math.min(j + 3, lastRight)];
                int b4 = right + o.right[Math.min(j + 4, lastRight)];
                int b5 = right + o.right[Math.min(j + 5, lastRight)];
                if (IS_WIDE) {
                    Pairs4x6.run(o, m, a0, a1, a2, a3, b0, b1, b2, b3, b4, b5, scratch);
                } else {
                    Pairs2x6.run(o, m, a0, a1, b0, b1, b2, b3, b4, b5, scratch);
                }
                sumLanes(m, scratch, rows * 6);
                for (int u = 0; u < Math.min(rows, lastLeft - i + 1); u++) {
                    for (int v = 0; v < Math.min(6, lastRight - j + 1); v++) {
                        int number = u * 6 + v;
                        m[to + (i + u) * step + (j + v) * otherStep] +=
                                m[scratch + number / LANES * LANES * LANES + number % LANES];
                    }
                }
            }
        }
    }

    /** Of each {@code LANES} vectors in turn, the sums of their lanes, as one vector in place of the first. */
    private static void sumLanes(float[] m, int scratch, int vectors) {
        for (int block = 0; block < vectors; block += LANES) {
            sumLanes(m, scratch + block * LANES);
        }
    }

    /** Of as many vectors as there are lanes at {@code at}, the sums of their lanes, as one vector at {@code at}. */
    private static void sumLanes(float[] m, int at) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            switch (half) {
                case 8 -> fold(m, at, 8, Fold.SWAP_8, Fold.UPPER_8);
                case 4 -> fold(m, at, 4, Fold.SWAP_4, Fold.UPPER_4);
                case 2 -> fold(m, at, 2, Fold.SWAP_2, Fold.UPPER_2);
                default -> fold(m, at, 1, Fold.SWAP_1, Fold.UPPER_1);
            }
        }
    }

    /** Vector i gets, in lanes without the bit {@code half}, its own halves' sum, and in the others that of vector i + half. */
    private static void fold(float[] m, int at, int half, VectorShuffle<Float> swap, VectorMask<Float> upper) {
        for (int i = 0; i < half; i++) {
            FloatVector a = FloatVector.fromArray(S, m, at + i * LANES);
            FloatVector b = FloatVector.fromArray(S, m, at + (i + half) * LANES);
            a.blend(b, upper).add(b.blend(a, upper).rearrange(swap)).intoArray(m, at + i * LANES);
        }
    }

    @Override
    public void moments(float[] m, int x, Grid grid, int rowStep, int out) {
        FloatVector pivot = FloatVector.fromArray(S, m, x);
        FloatVector sum = FloatVector.zero(S);
        FloatVector squares = sum;
        FloatVector sum2 = sum;
        FloatVector squares2 = sum;
        for (int row = 0; row < grid.rows(); row++) {
            int at = x + row * rowStep;
            int end = at + grid.columns() * LANES;
            for (; at + LANES < end; at += 2 * LANES) {
                FloatVector d = FloatVector.fromArray(S, m, at).sub(pivot);
                FloatVector e = FloatVector.fromArray(S, m, at + LANES).sub(pivot);
                sum = sum.add(d);
                sum2 = sum2.add(e);
                squares = d.fma(d, squares);
                squares2 = e.fma(e, squares2);
            }
            if (at < end) {
                FloatVector d = FloatVector.fromArray(S, m, at).sub(pivot);
                sum = sum.add(d);
                squares = d.fma(d, squares);
            }
        }
        pivot.intoArray(m, out);
        sum.add(sum2).intoArray(m, out + LANES);
        squares.add(squares2).intoArray(m, out + 2 * LANES);
    }

    @Override
    public void sum(float[] m, int x, Grid grid, int rowStep, int out) {
        FloatVector sum = FloatVector.zero(S);
        FloatVector sum1 = sum;
        FloatVector sum2 = sum;
        FloatVector sum3 = sum;
        for (int row = 0; row < grid.rows(); row++) {
            int at = x + row * rowStep;
            int end = at + grid.columns() * LANES;
            for (; at + 3 * LANES < end; at += 4 * LANES) {
                sum = sum.add(FloatVector.fromArray(S, m, at));
                sum1 = sum1.add(FloatVector.fromArray(S, m, at + LANES));
                sum2 = sum2.add(FloatVector.fromArray(S, m, at + 2 * LANES));
                sum3 = sum3.add(FloatVector.fromArray(S, m, at + 3 * LANES));
            }
            for (; at < end; at += LANES) {
                sum = sum.add(FloatVector.fromArray(S, m, at));
            }
        }
        sum.add(sum1).add(sum2.add(sum3)).intoArray(m, out);
    }

    @Override
    public void sums(float[] m, int d, int dRowStep, int x, int xRowStep, Grid grid, float mean, int out) {
        FloatVector sum = FloatVector.zero(S);
        FloatVector products = sum;
        FloatVector center = FloatVector.broadcast(S, mean);
        for (int row = 0; row < grid.rows(); row++) {
            int at = x + row * xRowStep;
            int dAt = d + row * dRowStep;
            for (int i = 0; i < grid.columns() * LANES; i += LANES) {
                FloatVector gradient = FloatVector.fromArray(S, m, dAt + i);
                sum = sum.add(gradient);
                products = FloatVector.fromArray(S, m, at + i).sub(center).fma(gradient, products);
            }
        }
        sum.intoArray(m, out);
        products.intoArray(m, out + LANES);
    }

    @Override
    public void pool(float[] m, Window window, int x, int y, Norm n) {
        VectorPooling.pool(m, window, x, y, n);
    }

    @Override
    public void poolKeeping(float[] m, Window window, int x, int y, Norm n, int winners) {
        VectorPooling.poolKeeping(m, window, x, y, n, winners);
    }

    @Override
    public void route(float[] m, Window window, int x, int dy, int dx, Norm n, float a, float b, float c) {
        VectorPooling.route(m, window, x, dy, dx, n, a, b, c);
    }

    @Override
    public void routedSums(float[] m, Window window, int x, int dy, Norm n, float mean, int plane, int out) {
        VectorPooling.routedSums(m, window, x, dy, n, mean, plane, out, this);
    }

    @Override
    public void dropout(
            float[] m, int x, Grid grid, int rowStep, int index, int laneStep, int key, int threshold, float scale) {
        IntVector lanes = IntVector.zero(INTS).addIndex(1).mul(laneStep);
        int number = index;
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                int at = x + row * rowStep + column * LANES;
                IntVector h = lanes.add(number++).mul(Hash.GOLDEN).add(key);
                h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16))
                        .mul(Hash.FIRST);
                h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15))
                        .mul(Hash.SECOND);
                h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16));
                VectorMask<Float> dropped = h.lanewise(VectorOperators.LSHR, 1)
                        .compare(VectorOperators.LT, threshold)
                        .cast(S);
                FloatVector.fromArray(S, m, at)
                        .mul(scale)
                        .blend(FloatVector.zero(S), dropped)
                        .intoArray(m, at);
            }
        }
    }

    @Override
    public Stretches stretches() {
        return STRETCHES;
    }

    @Override
    public WinogradLoops winograd() {
        return WINOGRAD;
    }

    @Override
    public MarkLoops marks() {
        return MARKS;
    }

    @Override
    public SequenceLoops sequences() {
        return SEQUENCES;
    }

    @Override
    public void touch(float[] m, int at, int count) {
        float sum = 0;
        for (int i = at; i < at + count; i += Layout.LINE) {
            sum += m[i];
        }
        touched = sum;
    }

    @Override
    public void toLanes(float[] rows, int from, int step, int examples, float[] m, int to, int[] place, int scratch) {
        VectorTranspose.toLanes(rows, from, step, examples, m, to, place, scratch);
    }

    @Override
    public void toRows(float[] m, int from, int[] place, int examples, float[] rows, int to, int step, int scratch) {
        VectorTranspose.toRows(m, from, place, examples, rows, to, step, scratch);
    }
}
