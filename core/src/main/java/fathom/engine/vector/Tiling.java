package fathom.engine.vector;

import static fathom.engine.vector.WinogradLoops.TILE;
import static fathom.engine.vector.WinogradLoops.WINDOW;

/**
 * A picture cut into tiles for Winograd's convolution 3×3 ({@link WinogradLoops}): where the numbers that belong to each
 * tile lie in a plane. A tile that reaches beyond the picture's lower or right side reads and writes the nearest numbers
 * instead; what they are then does not matter, or is written over by what belongs there.
 */
final class Tiling {
    /** What stands for a tiling until the plan has its places. */
    static final Tiling NONE = new Tiling(0, 0);

    /** How many numbers of a row and of a column belong to a tile. */
    final int size;

    /** Offsets of the rows of each tile, {@link #size} a tile. */
    final int[] rows;

    /** Offsets of the columns of each tile. */
    final int[] columns;

    private Tiling(int size, int tiles) {
        this.size = size;
        rows = new int[size * tiles];
        columns = new int[size * tiles];
    }

    /** The window of {@code source} that each tile of {@code target} is made of. */
    static Tiling windows(Value source, Value target, int padding, int lanes) {
        return of(WINDOW, source, target, padding, source.border(), lanes);
    }

    /** The numbers of each tile of a picture; {@code beyond} rows and columns more than it has may be touched. */
    static Tiling squares(Value picture, int beyond, int lanes) {
        return of(TILE, picture, picture, 0, beyond, lanes);
    }

    private static Tiling of(int size, Value picture, Value tiled, int padding, int beyond, int lanes) {
        int across = across(tiled.width);
        var tiling = new Tiling(size, count(tiled));
        for (int i = 0; i < tiling.rows.length; i++) {
            int tile = i / size;
            int row = TILE * (tile / across) - padding + i % size;
            int column = TILE * (tile % across) - padding + i % size;
            tiling.rows[i] = Math.min(row, picture.height - 1 + beyond) * picture.row();
            tiling.columns[i] = Math.min(column, picture.width - 1 + beyond) * lanes;
        }
        return tiling;
    }

    /** How many tiles a picture of that size has. */
    static int count(Value picture) {
        return across(picture.height) * across(picture.width);
    }

    private static int across(int side) {
        return Math.ceilDiv(side, TILE);
    }

    /**
     * Some tiles, in a channel after another, and where their numbers lie: number k of tile t of channel c at {@code at +
     * k·step + (c·room + t)·lanes}.
     *
     * @param tiles at most {@code room}
     */
    record Block(int firstTile, int tiles, int channels, int room, int at, int step) {}
}
