package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 4 positions × 4 channels of {@link Kernels#product}: 16 sums, each in a register of its own, so that 4 loads of
 * vectors and 4 of numbers feed 16 fused multiply-adds.
 */
final class Tile4x4 {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private Tile4x4() {}

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
            int x2,
            int x3,
            int y0,
            int y1,
            int y2,
            int y3) {
        int[] taps = k.taps;
        int tapStep = k.tapStep;
        int w0 = weights + Math.min(0, last) * k.channelStep;
        int w1 = weights + Math.min(1, last) * k.channelStep;
        int w2 = weights + Math.min(2, last) * k.channelStep;
        int w3 = weights + Math.min(3, last) * k.channelStep;
        int o0 = Math.min(0, last) * k.plane;
        int o1 = Math.min(1, last) * k.plane;
        int o2 = Math.min(2, last) * k.plane;
        int o3 = Math.min(3, last) * k.plane;
        FloatVector s00, s01, s02, s03;
        FloatVector s10, s11, s12, s13;
        FloatVector s20, s21, s22, s23;
        FloatVector s30, s31, s32, s33;
        if (start == Kernels.ADD) {
            s00 = FloatVector.fromArray(S, m, y0 + o0);
            s01 = FloatVector.fromArray(S, m, y1 + o0);
            s02 = FloatVector.fromArray(S, m, y2 + o0);
            s03 = FloatVector.fromArray(S, m, y3 + o0);
            s10 = FloatVector.fromArray(S, m, y0 + o1);
            s11 = FloatVector.fromArray(S, m, y1 + o1);
            s12 = FloatVector.fromArray(S, m, y2 + o1);
            s13 = FloatVector.fromArray(S, m, y3 + o1);
            s20 = FloatVector.fromArray(S, m, y0 + o2);
            s21 = FloatVector.fromArray(S, m, y1 + o2);
            s22 = FloatVector.fromArray(S, m, y2 + o2);
            s23 = FloatVector.fromArray(S, m, y3 + o2);
            s30 = FloatVector.fromArray(S, m, y0 + o3);
            s31 = FloatVector.fromArray(S, m, y1 + o3);
            s32 = FloatVector.fromArray(S, m, y2 + o3);
            s33 = FloatVector.fromArray(S, m, y3 + o3);
        } else {
            s00 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(0, last)]);
            s01 = s00;
            s02 = s00;
            s03 = s00;
            s10 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(1, last)]);
            s11 = s10;
            s12 = s10;
            s13 = s10;
            s20 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(2, last)]);
            s21 = s20;
            s22 = s20;
            s23 = s20;
            s30 = start == Kernels.ZERO ? FloatVector.zero(S) : FloatVector.broadcast(S, m[start + Math.min(3, last)]);
            s31 = s30;
            s32 = s30;
            s33 = s30;
        }
        int end = firstTap + n;
        for (int t = firstTap, w = firstTap * tapStep; t < end; t++, w += tapStep) {
            int tap = taps[t];
            FloatVector v0 = FloatVector.fromArray(S, m, x0 + tap);
            FloatVector v1 = FloatVector.fromArray(S, m, x1 + tap);
            FloatVector v2 = FloatVector.fromArray(S, m, x2 + tap);
            FloatVector v3 = FloatVector.fromArray(S, m, x3 + tap);
            FloatVector weight = FloatVector.broadcast(S, numbers[w0 + w]);
            s00 = weight.fma(v0, s00);
            s01 = weight.fma(v1, s01);
            s02 = weight.fma(v2, s02);
            s03 = weight.fma(v3, s03);
            weight = FloatVector.broadcast(S, numbers[w1 + w]);
            s10 = weight.fma(v0, s10);
            s11 = weight.fma(v1, s11);
            s12 = weight.fma(v2, s12);
            s13 = weight.fma(v3, s13);
            weight = FloatVector.broadcast(S, numbers[w2 + w]);
            s20 = weight.fma(v0, s20);
            s21 = weight.fma(v1, s21);
            s22 = weight.fma(v2, s22);
            s23 = weight.fma(v3, s23);
            weight = FloatVector.broadcast(S, numbers[w3 + w]);
            s30 = weight.fma(v0, s30);
            s31 = weight.fma(v1, s31);
            s32 = weight.fma(v2, s32);
            s33 = weight.fma(v3, s33);
        }
        s00.intoArray(m, y0 + o0);
        s01.intoArray(m, y1 + o0);
        s02.intoArray(m, y2 + o0);
        s03.intoArray(m, y3 + o0);
        s10.intoArray(m, y0 + o1);
        s11.intoArray(m, y1 + o1);
        s12.intoArray(m, y2 + o1);
        s13.intoArray(m, y3 + o1);
        s20.intoArray(m, y0 + o2);
        s21.intoArray(m, y1 + o2);
        s22.intoArray(m, y2 + o2);
        s23.intoArray(m, y3 + o2);
        s30.intoArray(m, y0 + o3);
        s31.intoArray(m, y1 + o3);
        s32.intoArray(m, y2 + o3);
        s33.intoArray(m, y3 + o3);
    }
}
