package fathom.chart;

/**
 * How often a network is right, by how sure it was (Guo et al. 2017, fig. 1): bars on the diagonal mean that it knows what it
 * knows. Below, how many examples are in each bin.
 *
 * @param confidence the mean confidence of each bin, 0 … 1; bins have equal widths from 0 to 1
 * @param accuracy the share of right ones in each bin, NaN where a bin is empty
 * @param counts how many examples are in each bin
 * @param error the expected calibration error, 0 … 1
 */
public record ReliabilityDiagram(String title, Numbers confidence, Numbers accuracy, Numbers counts, double error)
        implements Chart {
    public ReliabilityDiagram {
        if (accuracy.size() != counts.size() || confidence.size() != counts.size()) {
            throw new IllegalArgumentException("there are %d bins with counts, %d with accuracy, %d with confidence"
                    .formatted(counts.size(), accuracy.size(), confidence.size()));
        }
    }

    @Override
    public String svg(Look look) {
        return Draft.svg(look, title);
    }
}
