package fathom.engine.vector;

import static fathom.engine.vector.WinogradLoops.NUMBERS;

import fathom.model.Shape;
import java.util.Arrays;

/**
 * The weights' gradient of a convolution 3×3 with stride 1 by Winograd's sums ({@link WinogradLoops}). The numbers of a few
 * tiles of both pictures are multiplied and summed over tiles and examples, for each of the 36 a matrix of small × large
 * channels. For that the lanes must be something else than examples: the large picture's numbers are turned, so that the
 * lanes are its channels.
 */
final class WinogradGradient {
    private static final int ENTRIES = 9;

    /** With fewer channels the sums and the turning cost more than they spare. */
    private static final int FEWEST_CHANNELS = 32;

    private final Site site;
    private final Value small;
    private final Value large;
    private final Convolution.Geometry g;
    private final int lanes;

    /** Channels of the large picture, filled up to whole vectors. */
    private final int width;

    private final int room;
    private final Value smallTiles;
    private final Value largeTiles;
    private final Value turned;
    private final Value sums;
    private final Value scratch;
    private final Buffer parts;
    private final int partLength;
    private Tiling windows = Tiling.NONE;
    private Tiling squares = Tiling.NONE;
    private Pattern pattern = Pattern.NONE;
    private int[] channels = new int[0];

    WinogradGradient(Site site, Value small, Value large, Convolution.Geometry g) {
        this.site = site;
        this.small = small;
        this.large = large;
        this.g = g;
        lanes = site.lanes();
        width = Parameters.padded(large.channels, lanes);
        large.wantBorder(g.padding());
        small.wantBorder(1);
        room = WinogradSums.room(small.channels + large.channels, Tiling.count(small), lanes);
        smallTiles = WinogradSums.transformed("tiles of " + small, small.channels, room, lanes);
        largeTiles = WinogradSums.transformed("tiles of " + large, large.channels, room, lanes);
        turned = new Value("turned tiles", Shape.of(room * width), lanes, false);
        sums = new Value("products of tiles", Shape.of(NUMBERS * small.channels * width / lanes), lanes, false);
        scratch = new Value("sums of tiles", Shape.of(NUMBERS), lanes, false);
        partLength = Layout.aligned(ENTRIES * small.channels * width);
        parts = new Buffer("weight gradient by slice", (long) partLength * site.slices());
    }

    static boolean suits(Value small, Value large, Convolution.Geometry g) {
        return WinogradSums.suits(large, small, g) && Math.min(small.channels, large.channels) >= FEWEST_CHANNELS;
    }

    void plan(Schedule schedule, String title) {
        schedule.whenPlaced(this::prepare);
        schedule.perGroup(title, this::add, small, large, smallTiles, largeTiles, turned, sums, scratch, parts);
        schedule.whole("add slices", _ -> small.channels, (pass, channel, _) -> finish(pass, channel), parts);
    }

    private void prepare() {
        windows = Tiling.windows(large, small, g.padding(), lanes);
        squares = Tiling.squares(small, 1, lanes);
        channels = Pattern.steps(large.channels, room * lanes);
        int[] vectors = Pattern.steps(width / lanes, lanes);
        pattern = new Pattern(
                small.channels, room * lanes, 1, Pattern.steps(room * lanes, width), vectors, vectors, width);
    }

    private void add(Pass pass, int group, int worker) {
        float[] m = pass.memory;
        int rest = scratch.at(group, worker);
        int sum = sums.at(group, worker);
        int count = NUMBERS * small.channels * width;
        if (pass.isFirstOfSlice(group)) {
            Arrays.fill(m, sum, sum + count, 0);
        }
        WinogradLoops loops = site.kernels().winograd();
        for (int tile = 0; tile < Tiling.count(small); tile += room) {
            int tiles = Math.min(room, Tiling.count(small) - tile);
            var left = WinogradSums.block(smallTiles.at(group, worker), tile, tiles, small.channels, room, lanes);
            var right = WinogradSums.block(largeTiles.at(group, worker), tile, tiles, large.channels, room, lanes);
            loops.squares(m, squares, left, small.at(group, worker), small.plane(), rest);
            loops.windows(m, windows, right, large.at(group, worker), large.plane(), rest);
            multiply(m, left, right, turned.at(group, worker), sum, rest);
        }
        int slice = pass.sliceOf(group);
        if (group == pass.firstGroup(slice + 1) - 1) {
            int part = parts.at() + slice * partLength;
            Arrays.fill(m, part, part + partLength, 0);
            int matrix = count / NUMBERS;
            loops.kernels(m, sum, matrix, matrix, part, matrix, rest);
        }
    }

    private void multiply(float[] m, Tiling.Block left, Tiling.Block right, int rows, int sum, int rest) {
        Kernels kernels = site.kernels();
        int matrix = small.channels * width;
        for (int number = 0; number < NUMBERS; number++) {
            int from = right.at() + number * right.step();
            int first = right.first(windows, number);
            int tiles = right.count(windows, number);
            for (int tile = first; tile < first + tiles; tile++) {
                int to = rows + tile * lanes * width;
                kernels.toRows(m, from + tile * lanes, channels, lanes, m, to, width, rest);
            }
            kernels.product(
                    pattern,
                    Part.all(pattern),
                    first * lanes,
                    tiles * lanes,
                    m,
                    left.at() + number * left.step(),
                    Kernels.ADD,
                    m,
                    rows,
                    sum + number * matrix);
        }
    }

    /** Adds the slices' parts, in their order, for one channel of the small picture. */
    private void finish(Pass pass, int channel) {
        float[] m = pass.memory;
        int matrix = small.channels * width;
        int to = g.weights() + site.parameters().gradientShift() + channel * large.channels * ENTRIES;
        for (int entry = 0; entry < ENTRIES; entry++) {
            int from = parts.at() + entry * matrix + channel * width;
            for (int slice = 1; slice < pass.slices; slice++) {
                site.kernels().stretches().add(m, from, from + slice * partLength, width);
            }
            for (int i = 0; i < large.channels; i++) {
                m[to + i * ENTRIES + entry] = m[from + i];
            }
        }
    }
}
