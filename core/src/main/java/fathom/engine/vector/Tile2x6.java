package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 2 positions × 6 channels of {@link Kernels#product}: 12 sums, each in a register of its own, so that 2 loads of
 * vectors and 6 of numbers feed 12 fused multiply-adds.
 */
final class Tile2x6 {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private Tile2x6() {}

    /** @param last the last channel that there is; the ones after it repeat it */
    static void run(
            Pattern k,
            int firstTap,
            int n,
            float[] numbers,
            int weights,
            int start,
            int last,
            float[] m,
            int x0,
            int x1,
            int y0,
            int y1) {
        int[] taps = k.taps;
        int tapStep = k.tapStep;
        int w0 = weights + Math.min(0, last) * k.channelStep;
        int w1 = weights + Math.min(1, last) * k.channelStep;
        int w2 = weights + Math.min(2, last) * k.channelStep;
        int w3 = weights + Math.min(3, last) * k.channelStep;
        int w4 = weights + Math.min(4, last) * k.channelStep;
        int w5 = weights + Math.min(5, last) * k.channelStep;
        int o0 = Math.min(0, last) * k.plane;
        int o1 = Math.min(1, last) * k.plane;
        int o2 = Math.min(2, last) * k.plane;
        int o3 = Math.min(3, last) * k.plane;
        int o4 = Math.min(4, last) * k.plane;
        int o5 = Math.min(5, last) * k.plane;
        FloatVector s00, s01;
        FloatVector s10, s11;
        FloatVector s20, s21;
        FloatVector s30, s31;
        FloatVector s40, s41;
        FloatVector s50, s51;
        if (start == Kernels.ADD) {
            s00 = FloatVector.fromArray(S, m, y0 + o0);
            s01 = FloatVector.fromArray(S, m, y1 + o0);
            s10 = FloatVector.fromArray(S, m, y0 + o1);
            s11 = FloatVector.fromArray(S, m, y1 + o1);
            s20 = FloatVector.fromArray(S, m, y0 + o2);
            s21 = FloatVector.fromArray(S, m, y1 + o2);
            s30 = FloatVector.fromArray(S, m, y0 + o3);
            s31 = FloatVector.fromArray(S, m, y1 + o3);
            s40 = FloatVector.fromArray(S, m, y0 + o4);
            s41 = FloatVector.fromArray(S, m, y1 + o4);
            s50 = FloatVector.fromArray(S, m, y0 + o5);
            s51 = FloatVector.fromArray(S, m, y1 + o5);
        } else {
            s00 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(0, last)]);
            s01 = s00;
            s10 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(1, last)]);
            s11 = s10;
            s20 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(2, last)]);
            s21 = s20;
            s30 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(3, last)]);
            s31 = s30;
            s40 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(4, last)]);
            s41 = s40;
            s50 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(5, last)]);
            s51 = s50;
        }
        int end = firstTap + n;
        for (int t = firstTap, w = firstTap * tapStep; t < end; t++, w += tapStep) {
            int tap = taps[t];
            FloatVector v0 = FloatVector.fromArray(S, m, x0 + tap);
            FloatVector v1 = FloatVector.fromArray(S, m, x1 + tap);
            FloatVector weight = FloatVector.broadcast(S, numbers[w0 + w]);
            s00 = weight.fma(v0, s00);
            s01 = weight.fma(v1, s01);
            weight = FloatVector.broadcast(S, numbers[w1 + w]);
            s10 = weight.fma(v0, s10);
            s11 = weight.fma(v1, s11);
            weight = FloatVector.broadcast(S, numbers[w2 + w]);
            s20 = weight.fma(v0, s20);
            s21 = weight.fma(v1, s21);
            weight = FloatVector.broadcast(S, numbers[w3 + w]);
            s30 = weight.fma(v0, s30);
            s31 = weight.fma(v1, s31);
            weight = FloatVector.broadcast(S, numbers[w4 + w]);
            s40 = weight.fma(v0, s40);
            s41 = weight.fma(v1, s41);
            weight = FloatVector.broadcast(S, numbers[w5 + w]);
            s50 = weight.fma(v0, s50);
            s51 = weight.fma(v1, s51);
        }
        s00.intoArray(m, y0 + o0);
        s01.intoArray(m, y1 + o0);
        s10.intoArray(m, y0 + o1);
        s11.intoArray(m, y1 + o1);
        s20.intoArray(m, y0 + o2);
        s21.intoArray(m, y1 + o2);
        s30.intoArray(m, y0 + o3);
        s31.intoArray(m, y1 + o3);
        s40.intoArray(m, y0 + o4);
        s41.intoArray(m, y1 + o4);
        s50.intoArray(m, y0 + o5);
        s51.intoArray(m, y1 + o5);
    }
}
