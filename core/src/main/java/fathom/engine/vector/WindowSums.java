package fathom.engine.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * Sums of windows of one picture that make another: a convolution from its large side to its small one, or the other way.
 *
 * <p>Channels that are read are taken in blocks, so that the windows of a few positions stay in the first cache. The
 * weights are copied once a pass into the order in which they are read: channel written, block, row of the window, channel
 * read, column. Rows come first in a block, so that a band that sees only some of them skips the others.
 */
final class WindowSums implements WindowProducts {
    /** About so many taps at once. */
    private static final int TAPS_AT_ONCE = 256;

    /** The positions that see the same taps, rows and columns. */
    private record Phase(Axis rows, Axis columns) {
        int taps() {
            return rows.taps().size() * columns.taps().size();
        }
    }

    /** One block of channels of one phase, ready to run. */
    private record Walk(
            Phase phase, int firstChannel, int channels, Pattern pattern, List<Axis.Band> bands, int weights) {}

    private final Value source;
    private final Value target;
    private final Convolution.Geometry g;
    private final boolean isGathering;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Walk> walks = new ArrayList<>();
    private final Buffer packed;

    /** @param isGathering whether the source is the large side */
    WindowSums(Value source, Value target, Convolution.Geometry g, boolean isGathering) {
        this.source = source;
        this.target = target;
        this.g = g;
        this.isGathering = isGathering;
        if (isGathering) {
            phases.add(new Phase(
                    Axis.gather(source.height, target.height, g), Axis.gather(source.width, target.width, g)));
        } else {
            for (int row = 0; row < g.stride(); row++) {
                for (int column = 0; column < g.stride(); column++) {
                    phases.add(new Phase(
                            Axis.spread(source.height, target.height, row, g),
                            Axis.spread(source.width, target.width, column, g)));
                }
            }
        }
        for (Phase phase : phases) {
            source.wantBorder(Math.max(phase.rows().border(), phase.columns().border()));
        }
        packed = new Buffer("packed weights", (long) source.channels * target.channels * g.kernel() * g.kernel());
    }

    @Override
    public void plan(Schedule schedule, int lanes) {
        schedule.whenPlaced(() -> prepare(lanes));
        schedule.preliminary(
                "weights of " + target + " in the order they are read",
                _ -> target.channels,
                (pass, channel, _) -> pack(pass.memory, channel),
                packed);
    }

    private void prepare(int lanes) {
        int weights = packed.at();
        for (Phase phase : phases) {
            int blocks = Math.ceilDiv(source.channels * phase.taps(), TAPS_AT_ONCE);
            int block = Math.max(1, Math.ceilDiv(source.channels, Math.max(1, blocks)));
            for (int channel = 0; channel < source.channels; channel += block) {
                int channels = Math.min(block, source.channels - channel);
                walks.add(new Walk(
                        phase,
                        channel,
                        channels,
                        pattern(phase, channels, lanes),
                        phase.columns().positions() == 0
                                ? List.of()
                                : phase.rows().bands(),
                        weights + channel * phase.taps()));
            }
            weights += target.channels * source.channels * phase.taps();
        }
    }

    private Pattern pattern(Phase phase, int channels, int lanes) {
        var taps = new int[channels * phase.taps()];
        int t = 0;
        for (Axis.Tap row : phase.rows().taps()) {
            for (int channel = 0; channel < channels; channel++) {
                for (Axis.Tap column : phase.columns().taps()) {
                    taps[t++] = row.step() * source.row() + channel * source.plane() + column.step() * lanes;
                }
            }
        }
        Axis rows = phase.rows();
        Axis columns = phase.columns();
        var from = new int[rows.positions() * columns.positions()];
        var to = new int[from.length];
        for (int p = 0; p < from.length; p++) {
            int row = p / columns.positions();
            int column = p % columns.positions();
            from[p] = row * rows.sourceStride() * source.row() + column * columns.sourceStride() * lanes;
            to[p] = (rows.first() + row * rows.stride()) * target.row()
                    + (columns.first() + column * columns.stride()) * lanes;
        }
        return new Pattern(target.channels, source.channels * phase.taps(), 1, taps, from, to, target.plane());
    }

    /** Copies the weights of one channel that is written. */
    private void pack(float[] m, int channel) {
        int area = g.kernel() * g.kernel();
        for (Walk walk : walks) {
            Phase phase = walk.phase();
            int to = walk.weights() + channel * source.channels * phase.taps();
            for (Axis.Tap row : phase.rows().taps()) {
                for (int i = walk.firstChannel(); i < walk.firstChannel() + walk.channels(); i++) {
                    int pair = isGathering ? channel * source.channels + i : i * target.channels + channel;
                    int from = g.weights() + pair * area + row.kernel() * g.kernel();
                    for (Axis.Tap column : phase.columns().taps()) {
                        m[to++] = m[from + column.kernel()];
                    }
                }
            }
        }
    }

    @Override
    public Placed[] rooms() {
        return new Placed[] {packed};
    }

    @Override
    public void run(Kernels kernels, Pass pass, int group, int worker, int start) {
        float[] m = pass.memory;
        int from = source.at(group, worker);
        int to = target.at(group, worker);
        for (Walk walk : walks) {
            source.touch(kernels, m, from, walk.firstChannel(), walk.channels());
            int rowTaps = walk.channels() * walk.phase().columns().taps().size();
            int columns = walk.phase().columns().positions();
            for (Axis.Band band : walk.bands()) {
                var part = new Part(0, target.channels, band.firstPosition() * columns, band.positions() * columns);
                kernels.product(
                        walk.pattern(),
                        part,
                        band.firstTap() * rowTaps,
                        band.taps() * rowTaps,
                        m,
                        walk.weights(),
                        walk.firstChannel() == 0 ? start : Kernels.ADD,
                        m,
                        from + walk.firstChannel() * source.plane(),
                        to);
            }
        }
    }

    /** Offsets of a window's pixels in all channels of a value, from where its pixel without padding lies. */
    static int[] window(Value large, Convolution.Geometry g, int lanes) {
        int area = g.kernel() * g.kernel();
        var taps = new int[large.channels * area];
        for (int t = 0; t < taps.length; t++) {
            taps[t] = t / area * large.plane()
                    + (t % area / g.kernel() - g.padding()) * large.row()
                    + (t % g.kernel() - g.padding()) * lanes;
        }
        return taps;
    }
}
