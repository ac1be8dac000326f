package fathom.engine.vector;

import java.util.Arrays;

/** {@link Stretches} by plain loops. */
final class PlainStretches implements Stretches {
    private static final int LANES = PlainKernels.LANES;

    @Override
    public void add(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] += m[x + i];
        }
    }

    @Override
    public void subtract(float[] m, int y, int x, int z, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] = m[x + i] - m[z + i];
        }
    }

    @Override
    public void max(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] = Math.max(m[y + i], m[x + i]);
        }
    }

    @Override
    public void combine(float[] m, int y, int x, int count, float a, float b, float c) {
        for (int i = 0; i < count; i++) {
            m[y + i] = a * m[y + i] + (b * m[x + i] + c);
        }
    }

    @Override
    public void exponential(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] = exponential(m[x + i]);
        }
    }

    private static float exponential(float x) {
        return (float) Math.exp(Math.clamp(x, Exponential.LOWEST, Exponential.HIGHEST));
    }

    @Override
    public void sigmoid(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] = 1 / (1 + exponential(-m[x + i]));
        }
    }

    @Override
    public void tanh(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] = 2 / (1 + exponential(-2 * m[x + i])) - 1;
        }
    }

    @Override
    public void timesSigmoidSlope(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] *= m[x + i] * (1 - m[x + i]);
        }
    }

    @Override
    public void timesTanhSlope(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] *= 1 - m[x + i] * m[x + i];
        }
    }

    @Override
    public void crossEntropy(float[] m, int y, int x, int d, int count, int scale, int out) {
        Arrays.fill(m, out, out + LANES, 0);
        Arrays.fill(m, out + LANES, out + 2 * LANES, 1);
        Arrays.fill(m, out + 2 * LANES, out + 3 * LANES, 0);
        for (int i = 0; i < count; i++) {
            int lane = i % LANES;
            float logit = m[y + i];
            float target = m[x + i];
            float power = exponential(-Math.abs(logit));
            m[out + lane] += Math.max(logit, 0) - logit * target;
            m[out + LANES + lane] *= 1 + power;
            m[out + 2 * LANES + lane] = Math.max(m[out + 2 * LANES + lane], Math.abs(target - 0.5f));
            if (d >= 0) {
                m[d + i] = ((logit >= 0 ? 1 : power) / (1 + power) - target) * m[scale + lane];
            }
        }
    }

    @Override
    public void squares(float[] m, int y, int x, int d, int count, int scale, int out) {
        Arrays.fill(m, out, out + LANES, 0);
        for (int i = 0; i < count; i++) {
            float difference = m[y + i] - m[x + i];
            m[out + i % LANES] += difference * difference;
            if (d >= 0) {
                m[d + i] = 2 * difference * m[scale + i % LANES];
            }
        }
    }

    @Override
    public void distances(float[] m, int y, int x, int d, int count, int scale, int out) {
        Arrays.fill(m, out, out + LANES, 0);
        for (int i = 0; i < count; i++) {
            float difference = m[y + i] - m[x + i];
            m[out + i % LANES] += Math.abs(difference);
            if (d >= 0) {
                m[d + i] = Math.signum(difference) * m[scale + i % LANES];
            }
        }
    }

    @Override
    public void descend(float[] m, int w, int gradient, int v, int count, Descent k) {
        for (int i = 0; i < count; i++) {
            float g = m[gradient + i] + k.decay() * m[w + i];
            float step = k.ownShare() * g;
            if (k.momentum() != 0) {
                m[v + i] = settled(k.momentum() * m[v + i] + g);
                step += k.momentumShare() * m[v + i];
            }
            m[w + i] -= k.rate() * step;
        }
    }

    private static float settled(float sum) {
        return Math.abs(sum) < SETTLED ? 0 : sum;
    }

    @Override
    public void adam(float[] m, int w, int gradient, int mean, int square, int count, AdamStep k) {
        for (int i = 0; i < count; i++) {
            float g = m[gradient + i] + k.decay() * m[w + i];
            float first = settled(m[mean + i] + k.newMean() * (g - m[mean + i]));
            float second = settled(m[square + i] + k.newSquare() * (g * g - m[square + i]));
            m[mean + i] = first;
            m[square + i] = second;
            float root = (float) Math.sqrt(second) * k.rootScale() + k.epsilon();
            m[w + i] = k.kept() * m[w + i] - k.rate() * first / root;
        }
    }
}
