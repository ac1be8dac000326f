package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link SequenceLoops} by the Vector API. */
final class VectorSequenceLoops implements SequenceLoops {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    private static FloatVector load(float[] m, int at) {
        return FloatVector.fromArray(S, m, at);
    }

    @Override
    public void remember(float[] m, int c, int gates, int gateStep, int previous, int mask, int units) {
        FloatVector real = load(m, mask);
        FloatVector before = FloatVector.zero(S);
        for (int i = 0; i < units * LANES; i += LANES) {
            if (previous != NONE) {
                before = load(m, previous + i).mul(load(m, gates + gateStep + i));
            }
            load(m, gates + i)
                    .fma(load(m, gates + 2 * gateStep + i), before)
                    .mul(real)
                    .intoArray(m, c + i);
        }
    }

    @Override
    public void recall(
            float[] m, int gates, int gateStep, int previous, int carry, int bent, int dh, int mask, int units) {
        FloatVector real = load(m, mask);
        FloatVector one = FloatVector.broadcast(S, 1f);
        FloatVector before = FloatVector.zero(S);
        for (int at = 0; at < units * LANES; at += LANES) {
            int i = gates + at;
            int f = i + gateStep;
            int g = f + gateStep;
            int o = g + gateStep;
            if (previous != NONE) {
                before = load(m, previous + at);
            }
            FloatVector input = load(m, i);
            FloatVector forget = load(m, f);
            FloatVector candidate = load(m, g);
            FloatVector output = load(m, o);
            FloatVector value = load(m, bent + at);
            FloatVector gradient = load(m, dh + at).mul(real);
            gradient.mul(value).mul(output.sub(output.mul(output))).intoArray(m, o);
            FloatVector dc = gradient.mul(output)
                    .mul(one.sub(value.mul(value)))
                    .add(load(m, carry + at).mul(real));
            dc.mul(candidate).mul(input.sub(input.mul(input))).intoArray(m, i);
            dc.mul(before).mul(forget.sub(forget.mul(forget))).intoArray(m, f);
            dc.mul(input).mul(one.sub(candidate.mul(candidate))).intoArray(m, g);
            dc.mul(forget).intoArray(m, carry + at);
        }
    }

    @Override
    public void spread(float[] m, int to, int step, int from, int count) {
        for (int i = 0; i < count; i++) {
            load(m, from + i * LANES).intoArray(m, to + i * step);
        }
    }

    @Override
    public void times(float[] m, int y, int x, int count) {
        for (int i = 0; i < count * LANES; i += LANES) {
            load(m, y + i).mul(load(m, x + i)).intoArray(m, y + i);
        }
    }

    @Override
    public void normalize(
            float[] m, int x, int normal, int y, int mask, int features, int weight, int bias, float epsilon) {
        FloatVector sum = FloatVector.zero(S);
        for (int f = 0; f < features; f++) {
            sum = sum.add(load(m, x + f * LANES));
        }
        FloatVector mean = sum.div(features);
        FloatVector squares = FloatVector.zero(S);
        for (int f = 0; f < features; f++) {
            FloatVector d = load(m, x + f * LANES).sub(mean);
            squares = d.fma(d, squares);
        }
        FloatVector inverse = FloatVector.broadcast(S, 1f)
                .div(squares.div(features).add(epsilon).sqrt());
        inverse.intoArray(m, normal + features * LANES);
        FloatVector real = load(m, mask);
        for (int f = 0; f < features; f++) {
            FloatVector value = load(m, x + f * LANES).sub(mean).mul(inverse);
            value.intoArray(m, normal + f * LANES);
            value.mul(m[weight + f]).add(m[bias + f]).mul(real).intoArray(m, y + f * LANES);
        }
    }

    @Override
    public void normalizeBack(float[] m, int dy, int normal, int dx, int mask, int features, int weight) {
        FloatVector real = load(m, mask);
        FloatVector sum = FloatVector.zero(S);
        FloatVector products = FloatVector.zero(S);
        for (int f = 0; f < features; f++) {
            FloatVector g = load(m, dy + f * LANES).mul(m[weight + f]);
            sum = sum.add(g);
            products = g.fma(load(m, normal + f * LANES), products);
        }
        FloatVector mean = sum.div(features);
        FloatVector slope = products.div(features);
        FloatVector inverse = load(m, normal + features * LANES).mul(real);
        for (int f = 0; f < features; f++) {
            FloatVector g = load(m, dy + f * LANES).mul(m[weight + f]).sub(mean);
            g.sub(load(m, normal + f * LANES).mul(slope)).mul(inverse).intoArray(m, dx + f * LANES);
        }
    }

    @Override
    public void addNormGradients(float[] m, int dy, int normal, int mask, int ofWeight, int ofBias, int features) {
        FloatVector real = load(m, mask);
        for (int f = 0; f < features * LANES; f += LANES) {
            FloatVector g = load(m, dy + f).mul(real);
            g.fma(load(m, normal + f), load(m, ofWeight + f)).intoArray(m, ofWeight + f);
            g.add(load(m, ofBias + f)).intoArray(m, ofBias + f);
        }
    }
}
