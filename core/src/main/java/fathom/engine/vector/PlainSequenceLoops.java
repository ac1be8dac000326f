package fathom.engine.vector;

/** {@link SequenceLoops} by plain loops. */
record PlainSequenceLoops(int lanes) implements SequenceLoops {
    @Override
    public void remember(float[] m, int c, int gates, int gateStep, int previous, int mask, int units) {
        for (int at = 0; at < units * lanes; at++) {
            float before = previous == NONE ? 0 : m[previous + at] * m[gates + gateStep + at];
            m[c + at] = m[mask + at % lanes] * (before + m[gates + at] * m[gates + 2 * gateStep + at]);
        }
    }

    @Override
    public void recall(
            float[] m, int gates, int gateStep, int previous, int carry, int bent, int dh, int mask, int units) {
        for (int at = 0; at < units * lanes; at++) {
            float before = previous == NONE ? 0 : m[previous + at];
            float input = m[gates + at];
            float forget = m[gates + gateStep + at];
            float candidate = m[gates + 2 * gateStep + at];
            float output = m[gates + 3 * gateStep + at];
            float value = m[bent + at];
            float real = m[mask + at % lanes];
            float gradient = m[dh + at] * real;
            float dc = gradient * output * (1 - value * value) + m[carry + at] * real;
            m[gates + at] = dc * candidate * input * (1 - input);
            m[gates + gateStep + at] = dc * before * forget * (1 - forget);
            m[gates + 2 * gateStep + at] = dc * input * (1 - candidate * candidate);
            m[gates + 3 * gateStep + at] = gradient * value * output * (1 - output);
            m[carry + at] = dc * forget;
        }
    }

    @Override
    public void spread(float[] m, int to, int step, int from, int count) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(m, from + i * lanes, m, to + i * step, lanes);
        }
    }

    @Override
    public void times(float[] m, int y, int x, int count) {
        for (int i = 0; i < count * lanes; i++) {
            m[y + i] *= m[x + i];
        }
    }

    @Override
    public void normalize(
            float[] m, int x, int normal, int y, int mask, int features, int weight, int bias, float epsilon) {
        for (int lane = 0; lane < lanes; lane++) {
            double sum = 0;
            for (int f = 0; f < features; f++) {
                sum += m[x + f * lanes + lane];
            }
            double mean = sum / features;
            double squares = 0;
            for (int f = 0; f < features; f++) {
                double d = m[x + f * lanes + lane] - mean;
                squares += d * d;
            }
            double inverse = 1 / Math.sqrt(squares / features + epsilon);
            m[normal + features * lanes + lane] = (float) inverse;
            for (int f = 0; f < features; f++) {
                int at = f * lanes + lane;
                float value = (float) ((m[x + at] - mean) * inverse);
                m[normal + at] = value;
                m[y + at] = m[mask + lane] * (value * m[weight + f] + m[bias + f]);
            }
        }
    }

    @Override
    public void normalizeBack(float[] m, int dy, int normal, int dx, int mask, int features, int weight) {
        for (int lane = 0; lane < lanes; lane++) {
            double sum = 0;
            double products = 0;
            for (int f = 0; f < features; f++) {
                double g = (double) m[dy + f * lanes + lane] * m[weight + f];
                sum += g;
                products += g * m[normal + f * lanes + lane];
            }
            double inverse = m[normal + features * lanes + lane] * m[mask + lane];
            for (int f = 0; f < features; f++) {
                int at = f * lanes + lane;
                double g = (double) m[dy + at] * m[weight + f];
                m[dx + at] = (float) ((g - sum / features - m[normal + at] * products / features) * inverse);
            }
        }
    }

    @Override
    public void addNormGradients(float[] m, int dy, int normal, int mask, int ofWeight, int ofBias, int features) {
        for (int f = 0; f < features * lanes; f++) {
            float g = m[dy + f] * m[mask + f % lanes];
            m[ofWeight + f] += g * m[normal + f];
            m[ofBias + f] += g;
        }
    }
}
