package fathom.engine.vector;

/**
 * The numbers of one batch norm: each channel's mean and variance over the batch, summed in double precision from each
 * lane's moments (Chan, Golub and LeVeque 1983), the scale and shift that follow from them, and the way back (Ioffe and
 * Szegedy 2015). {@link Finish} does the walking.
 */
final class BatchNormalization {
    private final Site site;
    private final int channels;
    private final int positions;
    private final double epsilon;
    private final double momentum;
    private final int gamma;
    private final int beta;
    private final int runningMean;
    private final int runningVariance;

    /** For each group and channel: mean and sum of squared deviations of its examples. */
    private final double[] groupMeans;

    private final double[] groupSquares;

    /** For each group and channel: sums of d and of d·(x − mean). */
    private final double[] groupSums;

    private final double[] groupProducts;

    final float[] mean;
    final float[] scale;
    final float[] shift;

    /** dx = backScale·d + backSlope·x + backShift. */
    final float[] backSlope;

    final float[] backShift;
    private final double[] variance;
    private final double[] exactMean;

    BatchNormalization(Site site, Value value, String path, double epsilon, double momentum) {
        this.site = site;
        this.epsilon = epsilon;
        this.momentum = momentum;
        channels = value.channels;
        positions = value.height * value.width;
        String prefix = path.isEmpty() ? "" : path + ".";
        gamma = site.parameters().at(prefix + "weight");
        beta = site.parameters().at(prefix + "bias");
        runningMean = site.parameters().at(prefix + "running_mean");
        runningVariance = site.parameters().at(prefix + "running_var");
        int perGroup = site.groups() * channels;
        groupMeans = new double[perGroup];
        groupSquares = new double[perGroup];
        groupSums = new double[perGroup];
        groupProducts = new double[perGroup];
        mean = new float[channels];
        scale = new float[channels];
        shift = new float[channels];
        backSlope = new float[channels];
        backShift = new float[channels];
        variance = new double[channels];
        exactMean = new double[channels];
    }

    /** Takes up a channel's moments of one group, as {@link Kernels#moments} left them. */
    void takeMoments(Pass pass, int group, int channel, int at) {
        int lanes = site.lanes();
        int examples = pass.examplesIn(group);
        float[] m = pass.memory;
        double total = 0;
        for (int lane = 0; lane < examples; lane++) {
            total += m[at + lane] + (double) m[at + lanes + lane] / positions;
        }
        double center = total / examples;
        double squares = 0;
        for (int lane = 0; lane < examples; lane++) {
            double sum = m[at + lanes + lane];
            double off = m[at + lane] + sum / positions - center;
            squares += m[at + 2 * lanes + lane] - sum * sum / positions + positions * off * off;
        }
        groupMeans[group * channels + channel] = center;
        groupSquares[group * channels + channel] = squares;
    }

    /** Joins the groups; from then on {@link #scale} and {@link #shift} are those of this batch. */
    void join(Pass pass) {
        for (int channel = 0; channel < channels; channel++) {
            double count = 0;
            double center = 0;
            double squares = 0;
            for (int group = 0; group < pass.groups; group++) {
                double more = (double) pass.examplesIn(group) * positions;
                double off = groupMeans[group * channels + channel] - center;
                squares += groupSquares[group * channels + channel] + off * off * count * more / (count + more);
                count += more;
                center += off * more / count;
            }
            exactMean[channel] = center;
            variance[channel] = squares / count;
            setScale(pass.memory, channel, center, squares / count);
        }
    }

    /** Sets scale and shift by the running averages, for evaluation. */
    void useAverages(Pass pass) {
        for (int channel = 0; channel < channels; channel++) {
            setScale(pass.memory, channel, pass.memory[runningMean + channel], pass.memory[runningVariance + channel]);
        }
    }

    private void setScale(float[] m, int channel, double center, double variance) {
        double factor = m[gamma + channel] / Math.sqrt(variance + epsilon);
        mean[channel] = (float) center;
        scale[channel] = (float) factor;
        shift[channel] = (float) (m[beta + channel] - center * factor);
    }

    /** Takes up a channel's sums of one group, as {@link Kernels#sums} left them. */
    void takeSums(Pass pass, int group, int channel, int at) {
        double sum = 0;
        double products = 0;
        for (int lane = 0; lane < pass.examplesIn(group); lane++) {
            sum += pass.memory[at + lane];
            products += pass.memory[at + site.lanes() + lane];
        }
        groupSums[group * channels + channel] = sum;
        groupProducts[group * channels + channel] = products;
    }

    /** Joins the groups' sums to the gradients of weight and bias, and to the factors of the way back. */
    void joinBack(Pass pass) {
        float[] m = pass.memory;
        int shiftToGradient = site.parameters().gradientShift();
        double count = (double) pass.examples * positions;
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            double products = 0;
            for (int group = 0; group < pass.groups; group++) {
                sum += groupSums[group * channels + channel];
                products += groupProducts[group * channels + channel];
            }
            double inverse = 1 / Math.sqrt(variance[channel] + epsilon);
            // The products were taken about the rounded mean; this is what the rounding put in.
            products -= sum * (exactMean[channel] - mean[channel]);
            m[gamma + channel + shiftToGradient] = (float) (products * inverse);
            m[beta + channel + shiftToGradient] = (float) sum;
            double factor = m[gamma + channel] * inverse;
            double slope = -factor * inverse * inverse * products / count;
            backSlope[channel] = (float) slope;
            backShift[channel] = (float) (-factor * sum / count - slope * exactMean[channel]);
        }
    }

    /** Moves the running averages towards this batch's; the variance there is the unbiased one. */
    void updateAverages(Pass pass) {
        float[] m = pass.memory;
        double count = (double) pass.examples * positions;
        for (int channel = 0; channel < channels; channel++) {
            m[runningMean + channel] += (float) (momentum * (exactMean[channel] - m[runningMean + channel]));
            double unbiased = variance[channel] * count / (count - 1);
            m[runningVariance + channel] += (float) (momentum * (unbiased - m[runningVariance + channel]));
        }
    }

    /** Room for what {@link Kernels#moments} and {@link Kernels#sums} leave. */
    static final int SCRATCH = 3;
}
