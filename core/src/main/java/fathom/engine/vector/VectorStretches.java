package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Stretches} by the Vector API. */
final class VectorStretches implements Stretches {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    private static FloatVector load(float[] m, int at) {
        return FloatVector.fromArray(S, m, at);
    }

    @Override
    public void add(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(m, y + i).add(load(m, x + i)).intoArray(m, y + i);
        }
    }

    @Override
    public void subtract(float[] m, int y, int x, int z, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(m, x + i).sub(load(m, z + i)).intoArray(m, y + i);
        }
    }

    @Override
    public void max(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(m, y + i).max(load(m, x + i)).intoArray(m, y + i);
        }
    }

    @Override
    public void combine(float[] m, int y, int x, int count, float a, float b, float c) {
        FloatVector ofY = FloatVector.broadcast(S, a);
        FloatVector ofX = FloatVector.broadcast(S, b);
        FloatVector shift = FloatVector.broadcast(S, c);
        for (int i = 0; i < count; i += LANES) {
            load(m, y + i).fma(ofY, load(m, x + i).fma(ofX, shift)).intoArray(m, y + i);
        }
    }

    @Override
    public void exponential(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i += LANES) {
            exponential(load(m, x + i)).intoArray(m, y + i);
        }
    }

    /** See {@link Exponential}. */
    private static FloatVector exponential(FloatVector x) {
        FloatVector v = x.max(Exponential.LOWEST).min(Exponential.HIGHEST);
        FloatVector magic =
                v.fma(FloatVector.broadcast(S, Exponential.LOG2_E), FloatVector.broadcast(S, Exponential.ROUNDER));
        FloatVector n = magic.sub(Exponential.ROUNDER);
        FloatVector r = n.fma(FloatVector.broadcast(S, -Exponential.LN2_HIGH), v);
        r = n.fma(FloatVector.broadcast(S, -Exponential.LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(S, Exponential.C7);
        p = p.fma(r, FloatVector.broadcast(S, Exponential.C6));
        p = p.fma(r, FloatVector.broadcast(S, Exponential.C5));
        p = p.fma(r, FloatVector.broadcast(S, Exponential.C4));
        p = p.fma(r, FloatVector.broadcast(S, Exponential.C3));
        p = p.fma(r, FloatVector.broadcast(S, 0.5f));
        p = p.fma(r, FloatVector.broadcast(S, 1f));
        p = p.fma(r, FloatVector.broadcast(S, 1f));
        FloatVector power = magic.reinterpretAsInts()
                .add(Exponential.BIAS)
                .lanewise(VectorOperators.LSHL, 23)
                .reinterpretAsFloats();
        return p.mul(power);
    }

    @Override
    public void sigmoid(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector.broadcast(S, 1f)
                    .div(exponential(load(m, x + i).neg()).add(1f))
                    .intoArray(m, y + i);
        }
    }

    @Override
    public void tanh(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector.broadcast(S, 2f)
                    .div(exponential(load(m, x + i).mul(-2f)).add(1f))
                    .sub(1f)
                    .intoArray(m, y + i);
        }
    }

    @Override
    public void timesSigmoidSlope(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(m, x + i);
            load(m, y + i).mul(value.sub(value.mul(value))).intoArray(m, y + i);
        }
    }

    @Override
    public void timesTanhSlope(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(m, x + i);
            FloatVector slope = FloatVector.broadcast(S, 1f).sub(value.mul(value));
            load(m, y + i).mul(slope).intoArray(m, y + i);
        }
    }

    @Override
    public void crossEntropy(float[] m, int y, int x, int d, int count, int scale, int out) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1f);
        FloatVector share = load(m, scale);
        FloatVector sum = zero;
        FloatVector product = one;
        FloatVector farthest = zero;
        for (int i = 0; i < count; i += LANES) {
            FloatVector logit = load(m, y + i);
            FloatVector target = load(m, x + i);
            FloatVector power = exponential(logit.abs().neg());
            FloatVector whole = power.add(1f);
            sum = sum.add(logit.max(zero)).sub(logit.mul(target));
            product = product.mul(whole);
            farthest = farthest.max(target.sub(0.5f).abs());
            if (d >= 0) {
                FloatVector above = power.blend(one, logit.compare(VectorOperators.GE, zero));
                above.div(whole).sub(target).mul(share).intoArray(m, d + i);
            }
        }
        sum.intoArray(m, out);
        product.intoArray(m, out + LANES);
        farthest.intoArray(m, out + 2 * LANES);
    }

    @Override
    public void squares(float[] m, int y, int x, int d, int count, int scale, int out) {
        FloatVector share = load(m, scale).mul(2f);
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < count; i += LANES) {
            FloatVector difference = load(m, y + i).sub(load(m, x + i));
            sum = difference.fma(difference, sum);
            if (d >= 0) {
                difference.mul(share).intoArray(m, d + i);
            }
        }
        sum.intoArray(m, out);
    }

    @Override
    public void distances(float[] m, int y, int x, int d, int count, int scale, int out) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector share = load(m, scale);
        FloatVector sum = zero;
        for (int i = 0; i < count; i += LANES) {
            FloatVector difference = load(m, y + i).sub(load(m, x + i));
            sum = sum.add(difference.abs());
            if (d >= 0) {
                zero.blend(share, difference.compare(VectorOperators.GT, zero))
                        .blend(share.neg(), difference.compare(VectorOperators.LT, zero))
                        .intoArray(m, d + i);
            }
        }
        sum.intoArray(m, out);
    }

    @Override
    public void descend(float[] m, int w, int gradient, int v, int count, Descent k) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector weight = load(m, w + i);
            FloatVector g = weight.mul(k.decay()).add(load(m, gradient + i));
            FloatVector step = g.mul(k.ownShare());
            if (k.momentum() != 0) {
                FloatVector velocity = settled(load(m, v + i).mul(k.momentum()).add(g));
                velocity.intoArray(m, v + i);
                step = step.add(velocity.mul(k.momentumShare()));
            }
            weight.sub(step.mul(k.rate())).intoArray(m, w + i);
        }
    }

    private static FloatVector settled(FloatVector sums) {
        return sums.blend(0f, sums.abs().compare(VectorOperators.LT, SETTLED));
    }

    @Override
    public void adam(float[] m, int w, int gradient, int mean, int square, int count, AdamStep k) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector weight = load(m, w + i);
            FloatVector g = weight.mul(k.decay()).add(load(m, gradient + i));
            FloatVector first = load(m, mean + i);
            first = settled(first.add(g.sub(first).mul(k.newMean())));
            FloatVector second = load(m, square + i);
            second = settled(second.add(g.mul(g).sub(second).mul(k.newSquare())));
            first.intoArray(m, mean + i);
            second.intoArray(m, square + i);
            FloatVector root = second.sqrt().mul(k.rootScale()).add(k.epsilon());
            weight.mul(k.kept()).sub(first.mul(k.rate()).div(root)).intoArray(m, w + i);
        }
    }
}
