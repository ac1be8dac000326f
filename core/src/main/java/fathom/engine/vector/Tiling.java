package fathom.engine.vector;

import static fathom.engine.vector.WinogradLoops.TILE;
import static fathom.engine.vector.WinogradLoops.WINDOW;

/**
 * A picture cut into tiles for Winograd's convolution 3×3 ({@link WinogradLoops}): where the numbers that belong to each
 * tile lie in a plane. A tile that reaches beyond the picture's lower or right side reads and writes the nearest numbers
 * instead; what they are then does not matter, or is written over by what belongs there.
 *
 * <p>The last of a tile's {@link WinogradLoops#WINDOW} numbers in a direction has to do with its fourth row or column alone,
 * so it is spared where a tile has none in the picture. Tiles are in an order in which those that need a number stand side by
 * side: first those that are short of columns, then whole ones, those short of rows, and the one short of both.
 */
final class Tiling {
    /** What stands for a tiling until the plan has its places. */
    static final Tiling NONE = new Tiling(0, 0, 0);

    /** How many numbers of a row and of a column belong to a tile. */
    final int size;

    /** Offsets of the rows of each tile, {@link #size} a tile. */
    final int[] rows;

    /** Offsets of the columns of each tile. */
    final int[] columns;

    /** How many tiles there are from top to bottom and from left to right, whole ones, and all. */
    private final int wholeDown;

    private final int wholeAcross;
    private final int down;
    private final int across;

    private Tiling(int size, int height, int width) {
        this.size = size;
        wholeDown = height / TILE;
        wholeAcross = width / TILE;
        down = across(height);
        across = across(width);
        rows = new int[size * down * across];
        columns = new int[size * down * across];
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
        var tiling = new Tiling(size, tiled.height, tiled.width);
        for (int y = 0; y < tiling.down; y++) {
            for (int x = 0; x < tiling.across; x++) {
                int tile = tiling.number(y, x);
                for (int i = 0; i < size; i++) {
                    int row = Math.min(TILE * y - padding + i, picture.height - 1 + beyond);
                    int column = Math.min(TILE * x - padding + i, picture.width - 1 + beyond);
                    tiling.rows[tile * size + i] = row * picture.row();
                    tiling.columns[tile * size + i] = column * lanes;
                }
            }
        }
        return tiling;
    }

    /** Which tile in the order of tiles stands in a row and column of them. */
    private int number(int y, int x) {
        boolean isShortOfRows = y >= wholeDown;
        boolean isShortOfColumns = x >= wholeAcross;
        if (isShortOfRows) {
            return firstShortOfRows() + Math.min(x, wholeAcross);
        }
        return isShortOfColumns ? y : firstWhole() + y * wholeAcross + x;
    }

    private int firstWhole() {
        return wholeDown * (across - wholeAcross);
    }

    private int firstShortOfRows() {
        return firstWhole() + wholeDown * wholeAcross;
    }

    /** How many columns of numbers a tile needs: all, or all but the last. */
    int columnsOf(int tile) {
        boolean isShort = tile < firstWhole() || tile >= firstShortOfRows() + wholeAcross;
        return isShort ? WINDOW - 1 : WINDOW;
    }

    /** The first tile that needs a number, of the 36. */
    int first(int number) {
        return number % WINDOW == WINDOW - 1 ? firstWhole() : 0;
    }

    /** The tile after the last one that needs a number. */
    int end(int number) {
        if (number / WINDOW == WINDOW - 1) {
            return firstShortOfRows();
        }
        return number % WINDOW == WINDOW - 1 ? firstShortOfRows() + (down - wholeDown) * wholeAcross : down * across;
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
    record Block(int firstTile, int tiles, int channels, int room, int at, int step) {
        /** The first tile in here that needs a number, counted from the block's first; all tiles that do stand side by side. */
        int first(Tiling tiling, int number) {
            return Math.clamp(tiling.first(number) - firstTile, 0, tiles);
        }

        /** How many tiles in here need a number. */
        int count(Tiling tiling, int number) {
            return Math.clamp(tiling.end(number) - firstTile, 0, tiles) - first(tiling, number);
        }
    }
}
