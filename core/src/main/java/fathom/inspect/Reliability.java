package fathom.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a network is as often right as it says: answers grouped by how probable the network found its own answer.
 *
 * @param bins of equal width over 0 … 1
 * @param error the expected calibration error (Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks",
 *     ICML 2017): the mean over all answers of |accuracy − confidence| of their bin
 */
public record Reliability(List<Bin> bins, double error) {
    /** The number of bins in the paper. */
    public static final int BINS = 15;

    /**
     * The answers with a confidence above {@code low} and at most {@code high}.
     *
     * @param confidence mean of theirs; NaN if there are none
     * @param accuracy the share of them that is right; NaN if there are none
     */
    public record Bin(double low, double high, int count, double confidence, double accuracy) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * Groups answers.
     *
     * @param confidences of the answers, 0 … 1
     * @param right whether each is right
     */
    static Reliability of(double[] confidences, boolean[] right, int bins) {
        var count = new int[bins];
        var sum = new double[bins];
        var hits = new int[bins];
        for (int i = 0; i < confidences.length; i++) {
            int bin = bin(confidences[i], bins);
            count[bin]++;
            sum[bin] += confidences[i];
            hits[bin] += right[i] ? 1 : 0;
        }
        var all = new ArrayList<Bin>();
        double error = 0;
        for (int b = 0; b < bins; b++) {
            error += Math.abs(hits[b] - sum[b]) / confidences.length;
            all.add(new Bin(
                    (double) b / bins,
                    (double) (b + 1) / bins,
                    count[b],
                    count[b] == 0 ? Double.NaN : sum[b] / count[b],
                    count[b] == 0 ? Double.NaN : (double) hits[b] / count[b]));
        }
        return new Reliability(all, error);
    }

    /** Bins are open below and closed above, as in the paper. */
    private static int bin(double confidence, int bins) {
        return Math.clamp((int) Math.ceil(confidence * bins) - 1, 0, bins - 1);
    }
}
