package fathom.engine.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * The transpose of {@link Gathering}: from the small side to the large one. Written as sums for each large pixel: with
 * stride s, the pixels of equal row and column modulo s (a phase) see the same taps of the kernel, so each phase is a
 * plain sum of products. Backward of a convolution, forward of a transposed one.
 */
final class Spreading {
    /** Which taps of the kernel the large pixels of one phase see. */
    private record Phase(int row, int column, int[] rows, int[] columns) {
        int taps() {
            return rows.length * columns.length;
        }
    }

    /** One phase, ready to run. */
    private record Walk(Phase phase, Pattern pattern, Part all, int block, int weightsAt) {}

    private final Value small;
    private final Value large;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Walk> walks = new ArrayList<>();

    /** A copy of the weights for each phase: large channels × small channels × the phase's taps. */
    private final Buffer packed;

    Spreading(Value small, Value large, Convolution.Geometry g) {
        this.small = small;
        this.large = large;
        kernel = g.kernel();
        stride = g.stride();
        padding = g.padding();
        for (int row = 0; row < stride; row++) {
            for (int column = 0; column < stride; column++) {
                phases.add(new Phase(row, column, tapsOf(row), tapsOf(column)));
            }
        }
        small.wantBorder(borderNeeded());
        packed = new Buffer("weights by phase", small.channels * large.channels * kernel * kernel);
    }

    private int[] tapsOf(int remainder) {
        var taps = new ArrayList<Integer>();
        for (int tap = 0; tap < kernel; tap++) {
            if ((remainder + padding - tap) % stride == 0) {
                taps.add(tap);
            }
        }
        return taps.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How far beyond the small side's edges some sum reaches; there its border holds zeros. */
    private int borderNeeded() {
        int border = 0;
        for (Phase phase : phases) {
            for (int tap : phase.rows()) {
                int step = (phase.row() + padding - tap) / stride;
                int lastY = (large.height - 1 - phase.row()) / stride;
                int lastX = (large.width - 1 - phase.row()) / stride; // the same taps serve the columns
                border = Math.max(border, -step);
                border = Math.max(border, lastY + step - (small.height - 1));
                border = Math.max(border, lastX + step - (small.width - 1));
            }
        }
        return border;
    }

    /** Plans the copy of the weights; call before what runs it is planned. */
    void plan(Schedule schedule, int weights, int lanes) {
        schedule.whenPlaced(() -> prepare(lanes));
        schedule.whole(
                "weights by phase",
                _ -> large.channels,
                (pass, channel, _) -> pack(pass.memory, weights, channel),
                packed);
    }

    /** The value that the stage which runs this must touch. */
    Buffer packed() {
        return packed;
    }

    private void prepare(int lanes) {
        int weightsAt = packed.at();
        for (Phase phase : phases) {
            int rows = Math.ceilDiv(large.height - phase.row(), stride);
            int columns = Math.ceilDiv(large.width - phase.column(), stride);
            if (rows <= 0 || columns <= 0) {
                continue;
            }
            int block = Gathering.blockOf(small.channels, phase.taps());
            var pattern = new Pattern(
                    large.channels,
                    small.channels * phase.taps(),
                    1,
                    taps(phase, block, lanes),
                    positions(rows, columns, small.row(), lanes, 0),
                    positions(
                            rows,
                            columns,
                            stride * large.row(),
                            stride * lanes,
                            phase.row() * large.row() + phase.column() * lanes),
                    large.plane());
            walks.add(new Walk(phase, pattern, Part.all(pattern), block, weightsAt));
            weightsAt += large.channels * small.channels * phase.taps();
        }
    }

    private int[] taps(Phase phase, int block, int lanes) {
        var taps = new int[block * phase.taps()];
        int t = 0;
        for (int channel = 0; channel < block; channel++) {
            for (int row : phase.rows()) {
                for (int column : phase.columns()) {
                    taps[t++] = channel * small.plane()
                            + (phase.row() + padding - row) / stride * small.row()
                            + (phase.column() + padding - column) / stride * lanes;
                }
            }
        }
        return taps;
    }

    private static int[] positions(int rows, int columns, int rowStep, int step, int first) {
        var positions = new int[rows * columns];
        for (int p = 0; p < positions.length; p++) {
            positions[p] = first + p / columns * rowStep + p % columns * step;
        }
        return positions;
    }

    /** Copies the weights of one large channel; they are given as small channels × large channels × window. */
    private void pack(float[] m, int weights, int channel) {
        for (Walk walk : walks) {
            Phase phase = walk.phase();
            int to = walk.weightsAt() + channel * small.channels * phase.taps();
            for (int other = 0; other < small.channels; other++) {
                int from = weights + (other * large.channels + channel) * kernel * kernel;
                for (int row : phase.rows()) {
                    for (int column : phase.columns()) {
                        m[to++] = m[from + row * kernel + column];
                    }
                }
            }
        }
    }

    /** Computes one group; {@code start} as in {@link Kernels#product}. */
    void run(Kernels kernels, Pass pass, int group, int worker, int start) {
        float[] m = pass.memory;
        int from = small.at(group, worker);
        int to = large.at(group, worker);
        for (Walk walk : walks) {
            int taps = walk.phase().taps();
            for (int channel = 0; channel < small.channels; channel += walk.block()) {
                int channels = Math.min(walk.block(), small.channels - channel);
                small.touch(kernels, m, from, channel, channels);
                kernels.product(
                        walk.pattern(),
                        walk.all(),
                        channels * taps,
                        m,
                        walk.weightsAt() + channel * taps,
                        channel == 0 ? start : Kernels.ADD,
                        m,
                        from + channel * small.plane(),
                        to);
            }
        }
    }
}
