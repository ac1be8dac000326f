package fathom.chart;

import java.util.List;

/**
 * A table of numbers with a shade behind each.
 *
 * @param rowTitle what the rows are, "true" for instance
 * @param values row by row, as many as rows times columns
 * @param shades 0 … 1 for each value, how strongly it is coloured
 */
public record HeatMap(
        String title,
        String rowTitle,
        String columnTitle,
        List<String> rows,
        List<String> columns,
        Numbers values,
        Numbers shades,
        Kind kind)
        implements Chart {

    /** How the cells are coloured and written. */
    public enum Kind {
        /** All cells in one colour, numbers with three digits. */
        PLAIN,
        /** Counts; what lies off the diagonal is a mistake and has another colour. */
        CONFUSION
    }

    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        requireCells(rows.size(), columns.size(), values.size());
        requireCells(rows.size(), columns.size(), shades.size());
    }

    private static void requireCells(int rows, int columns, int given) {
        if (given != rows * columns) {
            throw new IllegalArgumentException("%d rows and %d columns make %d cells, but there are %d numbers"
                    .formatted(rows, columns, rows * columns, given));
        }
    }

    /**
     * How often each true class was taken for each class; shades are shares of the row.
     *
     * @param counts row by row: the true class, then the predicted one
     */
    public static HeatMap confusion(String title, List<String> classes, Numbers counts) {
        int size = classes.size();
        requireCells(size, size, counts.size());
        double[] shades = new double[counts.size()];
        for (int i = 0; i < shades.length; i++) {
            double sum = 0;
            for (int j = i / size * size; j < (i / size + 1) * size; j++) {
                sum += counts.get(j);
            }
            shades[i] = sum > 0 ? counts.get(i) / sum : 0;
        }
        return new HeatMap(
                title, "true class", "predicted class", classes, classes, counts, Numbers.of(shades), Kind.CONFUSION);
    }

    @Override
    public String svg(Look look) {
        return new HeatMapDrawing(this, look.width()).svg(look);
    }
}
