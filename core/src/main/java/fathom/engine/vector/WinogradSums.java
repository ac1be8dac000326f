package fathom.engine.vector;

import static fathom.engine.vector.WinogradLoops.NUMBERS;

import fathom.model.Shape;

/**
 * A convolution 3×3 with stride 1 by Winograd's sums ({@link WinogradLoops}): a few tiles at a time, so that their numbers
 * stay in the second cache, become 36 numbers each; for each of the 36 a product over channels is taken; what comes out is
 * summed to tiles of the result.
 */
final class WinogradSums implements WindowProducts {
    /** With fewer channels the sums around the products cost more than they spare. */
    private static final int FEWEST_CHANNELS = 12;

    /** What tiles may take of the second cache, in floats. */
    private static final int CACHE = 1 << 17;

    /** What fits in the first cache beside the sums, for four tiles. */
    private static final int CHANNELS_AT_ONCE = 128;

    private static final int KERNEL = 3;
    private static final int AREA = KERNEL * KERNEL;

    private final Value source;
    private final Value target;
    private final Convolution.Geometry g;
    private final boolean isGathering;
    private final int padding;
    private final Kernels kernels;
    private final int lanes;
    private final int tiles;
    private final int room;
    private final Buffer packed;
    private final Value before;
    private final Value after;
    private final Value scratch;
    private Tiling windows = Tiling.NONE;
    private Tiling squares = Tiling.NONE;
    private Pattern pattern = Pattern.NONE;

    WinogradSums(Site site, Value source, Value target, Convolution.Geometry g, boolean isGathering) {
        this.source = source;
        this.target = target;
        this.g = g;
        this.isGathering = isGathering;
        kernels = site.kernels();
        lanes = site.lanes();
        padding = isGathering ? g.padding() : KERNEL - 1 - g.padding();
        source.wantBorder(padding);
        tiles = Tiling.count(target);
        room = room(source.channels + target.channels, tiles, lanes);
        packed = new Buffer("weights of tiles", (long) NUMBERS * source.channels * target.channels);
        before = transformed("tiles of " + source, source.channels, room, lanes);
        after = transformed("tiles of " + target, target.channels, room, lanes);
        scratch = new Value("sums of tiles", Shape.of(NUMBERS), lanes, false);
    }

    static boolean suits(Value source, Value target, Convolution.Geometry g) {
        return g.kernel() == KERNEL
                && g.stride() == 1
                && g.padding() < KERNEL
                && source.channels >= FEWEST_CHANNELS
                && target.channels >= FEWEST_CHANNELS
                && Math.min(target.height, target.width) > 1;
    }

    /** How many tiles at once: a multiple of four, which is what a product takes. */
    static int room(int channels, int tiles, int lanes) {
        int most = CACHE / (NUMBERS * channels * lanes);
        return Math.max(4, Math.min(most, tiles + 3) / 4 * 4);
    }

    /** Room for the numbers of tiles; a vector between them keeps them from sharing a set of the cache. */
    static Value transformed(String title, int channels, int room, int lanes) {
        return new Value(title, Shape.of(NUMBERS * (channels * room + 1)), lanes, false);
    }

    static Tiling.Block block(int at, int firstTile, int tiles, int channels, int room, int lanes) {
        return new Tiling.Block(firstTile, tiles, channels, room, at, (channels * room + 1) * lanes);
    }

    @Override
    public void plan(Schedule schedule, int lanes) {
        schedule.whenPlaced(this::prepare);
        schedule.preliminary(
                "weights of " + target + " for tiles",
                _ -> target.channels,
                (pass, channel, _) -> pack(pass.memory, channel),
                packed);
    }

    private void prepare() {
        windows = Tiling.windows(source, target, padding, lanes);
        squares = Tiling.squares(target, 0, lanes);
        int[] taps = Pattern.steps(source.channels, room * lanes);
        int[] positions = Pattern.steps(room, lanes);
        pattern = new Pattern(target.channels, source.channels, 1, taps, positions, positions, room * lanes);
    }

    /** G w Gᵀ for the kernels of one channel that is written. */
    private void pack(float[] m, int channel) {
        int from = g.weights() + AREA * (isGathering ? channel * source.channels : channel);
        kernels.winograd()
                .weights(
                        m,
                        isGathering ? from : from + AREA - 1,
                        isGathering ? AREA : AREA * target.channels,
                        isGathering ? 1 : -1,
                        source.channels,
                        packed.at() + channel * source.channels,
                        target.channels * source.channels);
    }

    @Override
    public Placed[] rooms() {
        return new Placed[] {packed, before, after, scratch};
    }

    @Override
    public void run(Kernels kernels, Pass pass, int group, int worker, int start) {
        float[] m = pass.memory;
        int from = before.at(group, worker);
        int to = after.at(group, worker);
        int rest = scratch.at(group, worker);
        for (int tile = 0; tile < tiles; tile += room) {
            int count = Math.min(room, tiles - tile);
            var in = block(from, tile, count, source.channels, room, lanes);
            var out = block(to, tile, count, target.channels, room, lanes);
            kernels.winograd().windows(m, windows, in, source.at(group, worker), source.plane(), rest);
            multiply(kernels, m, in, out);
            kernels.winograd().gather(m, squares, out, start, target.at(group, worker), target.plane());
        }
    }

    private void multiply(Kernels kernels, float[] m, Tiling.Block in, Tiling.Block out) {
        for (int number = 0; number < NUMBERS; number++) {
            var part = new Part(0, target.channels, in.first(windows, number), in.count(windows, number));
            int weights = packed.at() + number * target.channels * source.channels;
            for (int channel = 0; channel < source.channels; channel += CHANNELS_AT_ONCE) {
                kernels.product(
                        pattern,
                        part,
                        channel,
                        Math.min(CHANNELS_AT_ONCE, source.channels - channel),
                        m,
                        weights,
                        channel == 0 ? Kernels.ZERO : Kernels.ADD,
                        m,
                        in.at() + number * in.step(),
                        out.at() + number * out.step());
            }
        }
    }
}
