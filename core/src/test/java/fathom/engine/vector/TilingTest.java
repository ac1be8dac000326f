package fathom.engine.vector;

import static fathom.engine.vector.WinogradLoops.NUMBERS;
import static fathom.engine.vector.WinogradLoops.TILE;
import static fathom.engine.vector.WinogradLoops.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import fathom.model.Shape;
import java.util.HashSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilingTest {
    /** Which tile needs which number, by where the tile lies: its rows and columns tell. */
    @ParameterizedTest
    @CsvSource({"14, 14", "7, 7", "8, 8", "3, 9", "9, 3", "2, 2", "4, 7", "13, 4"})
    void exactlyTheTilesThatNeedANumberAreTaken(int height, int width) {
        var picture = new Value("picture", Shape.of(1, height, width), 1, false);
        var tiling = Tiling.squares(picture, TILE, 1);
        int tiles = Tiling.count(picture);
        var seen = new HashSet<Integer>();
        for (int tile = 0; tile < tiles; tile++) {
            int row = tiling.rows[tile * TILE] / picture.row();
            int column = tiling.columns[tile * TILE];
            seen.add(row * width + column);
            boolean isShortOfRows = row + TILE > height;
            boolean isShortOfColumns = column + TILE > width;
            assertThat(tiling.columnsOf(tile)).isEqualTo(isShortOfColumns ? WINDOW - 1 : WINDOW);
            for (int number = 0; number < NUMBERS; number++) {
                boolean isLastRow = number / WINDOW == WINDOW - 1;
                boolean isLastColumn = number % WINDOW == WINDOW - 1;
                boolean isNeeded = !(isLastRow && isShortOfRows) && !(isLastColumn && isShortOfColumns);
                assertThat(tile >= tiling.first(number) && tile < tiling.end(number))
                        .as("number %d of the tile at %d, %d", number, row, column)
                        .isEqualTo(isNeeded);
            }
        }
        assertThat(seen).hasSize(tiles);
    }

    @ParameterizedTest
    @CsvSource({"14, 14", "7, 7", "5, 11"})
    void blocksTogetherTakeWhatTheWholeTakes(int height, int width) {
        var picture = new Value("picture", Shape.of(1, height, width), 1, false);
        var tiling = Tiling.squares(picture, 0, 1);
        int tiles = Tiling.count(picture);
        for (int number = 0; number < NUMBERS; number++) {
            int taken = 0;
            for (int first = 0; first < tiles; first += 4) {
                var block = new Tiling.Block(first, Math.min(4, tiles - first), 1, 4, 0, 0);
                int count = block.count(tiling, number);
                taken += count;
                if (count > 0) {
                    assertThat(first + block.first(tiling, number)).isGreaterThanOrEqualTo(tiling.first(number));
                }
            }
            assertThat(taken).isEqualTo(tiling.end(number) - tiling.first(number));
        }
    }
}
