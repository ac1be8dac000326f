package fathom.inspect;

import fathom.data.Attributes;
import fathom.data.Batch;
import fathom.manifold.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How much of what is known of examples can be read off their codes by a linear function: ridge regression of each attribute
 * on the codes' means, each brought to mean 0 and deviation 1, with the weight {@value #RIDGE} an example.
 */
public final class FactorProbes {
    private static final double RIDGE = 1e-4;
    private static final int LEAST = 10;

    /** One attribute's probe: the value is {@code mean + weights · standardised code}. */
    private record Probe(String name, boolean isBinary, double mean, double deviation, List<Double> weights) {
        double value(double[] code) {
            double value = mean;
            for (int j = 0; j < code.length; j++) {
                value += weights.get(j) * code[j];
            }
            return value;
        }
    }

    /**
     * How well a probe does on examples it has not seen.
     *
     * @param isBinary whether the attribute is yes or no
     * @param score R² of a measure; of yes or no, the share of right answers, more than one half being a yes
     * @param blind what one reaches without the codes: 0, or the share of the more frequent answer
     */
    public record Scored(String name, boolean isBinary, double score, double blind, int examples) {}

    private final Standard standard;
    private final int size;
    private final List<Probe> probes;

    private FactorProbes(Standard standard, int size, List<Probe> probes) {
        this.standard = standard;
        this.size = size;
        this.probes = List.copyOf(probes);
    }

    /**
     * Learns from the first examples of a split. Attributes that do not vary, or of which fewer than {@value #LEAST} examples
     * tell, are left out.
     *
     * @param codes of the first examples of the split, all of them or some
     * @param known of that split
     */
    public static FactorProbes learn(Codes codes, Attributes known) {
        var table = Matrix.of(codes.count(), codes.size(), codes.means());
        var standard = Standard.of(table);
        double[][] rows = standard.apply(table);
        var probes = new ArrayList<Probe>();
        for (String name : known.names()) {
            float[] values = known.values(name);
            var used = new ArrayList<Integer>();
            for (int i = 0; i < rows.length; i++) {
                if (!Float.isNaN(values[i])) {
                    used.add(i);
                }
            }
            double mean = used.stream().mapToDouble(i -> values[i]).average().orElse(0);
            double variance = used.stream()
                    .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                    .average()
                    .orElse(0);
            if (used.size() >= LEAST && variance > 0) {
                probes.add(new Probe(
                        name,
                        known.isBinary(name),
                        mean,
                        Math.sqrt(variance),
                        weights(rows, values, mean, used, codes.size())));
            }
        }
        return new FactorProbes(standard, codes.size(), probes);
    }

    private static List<Double> weights(double[][] rows, float[] values, double mean, List<Integer> used, int size) {
        var gram = new double[size][size];
        var right = new double[size];
        for (int i : used) {
            double[] row = rows[i];
            for (int j = 0; j < size; j++) {
                right[j] += row[j] * (values[i] - mean);
                for (int k = 0; k <= j; k++) {
                    gram[j][k] += row[j] * row[k];
                }
            }
        }
        for (int j = 0; j < size; j++) {
            gram[j][j] += RIDGE * used.size();
        }
        return solved(gram, right);
    }

    /** By Cholesky's decomposition of the lower triangle, in place. */
    private static List<Double> solved(double[][] a, double[] b) {
        int n = b.length;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < j; k++) {
                for (int i = j; i < n; i++) {
                    a[i][j] -= a[i][k] * a[j][k];
                }
            }
            double root = Math.sqrt(a[j][j]);
            for (int i = j; i < n; i++) {
                a[i][j] /= root;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                b[i] -= a[i][k] * b[k];
            }
            b[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                b[i] -= a[k][i] * b[k];
            }
            b[i] /= a[i][i];
        }
        var solution = new ArrayList<Double>(n);
        for (double x : b) {
            solution.add(x);
        }
        return solution;
    }

    /**
     * Tests on other examples.
     *
     * @param codes of the first examples of a split, all of them or some
     * @param known of that split
     */
    public List<Scored> test(Codes codes, Attributes known) {
        double[][] rows = standardised(codes.means());
        return probes.stream()
                .map(probe -> scored(probe, rows, known.values(probe.name())))
                .toList();
    }

    private static Scored scored(Probe probe, double[][] rows, float[] values) {
        int n = 0;
        int right = 0;
        int yes = 0;
        double sum = 0;
        double squares = 0;
        double errors = 0;
        for (int i = 0; i < rows.length; i++) {
            if (!Float.isNaN(values[i])) {
                double said = probe.value(rows[i]);
                n++;
                right += said > 0.5 == values[i] > 0.5 ? 1 : 0;
                yes += values[i] > 0.5 ? 1 : 0;
                sum += values[i];
                squares += (double) values[i] * values[i];
                errors += (values[i] - said) * (values[i] - said);
            }
        }
        double spread = squares - sum * sum / Math.max(1, n);
        return probe.isBinary()
                ? new Scored(probe.name(), true, (double) right / n, (double) Math.max(yes, n - yes) / n, n)
                : new Scored(probe.name(), false, 1 - errors / spread, 0, n);
    }

    /**
     * What really changes in pictures along a direction, from half of it before a code to half of it after: both pictures are
     * drawn, and what the encoder sees in them is probed.
     *
     * @param z codes, one after the other
     * @return for each attribute the mean change, in deviations of the attribute
     */
    public SequencedMap<String, Double> changes(Latent latent, Direction direction, float[] z) {
        double[][] before = standardised(seen(latent, direction.moved(z, -0.5)));
        double[][] after = standardised(seen(latent, direction.moved(z, 0.5)));
        var changes = new LinkedHashMap<String, Double>();
        for (Probe probe : probes) {
            double sum = 0;
            for (int i = 0; i < before.length; i++) {
                sum += probe.value(after[i]) - probe.value(before[i]);
            }
            changes.put(probe.name(), sum / before.length / probe.deviation());
        }
        return changes;
    }

    private static float[] seen(Latent latent, float[] z) {
        float[] drawn = latent.decode(z);
        int count = drawn.length / latent.shape().count();
        return latent.encode(new Batch(latent.shape(), drawn, new int[count])).means();
    }

    private double[][] standardised(float[] means) {
        return standard.apply(Matrix.of(means.length / size, size, means));
    }
}
