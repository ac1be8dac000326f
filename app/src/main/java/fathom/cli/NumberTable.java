package fathom.cli;

import fathom.data.DataException;
import fathom.manifold.Matrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The numbers of a CSV file: one example a line, values apart by commas, the first line left out if it names columns. */
final class NumberTable {
    private final Matrix numbers;
    private final Optional<int[]> labels;

    private NumberTable(Matrix numbers, Optional<int[]> labels) {
        this.numbers = numbers;
        this.labels = labels;
    }

    Matrix numbers() {
        return numbers;
    }

    Optional<int[]> labels() {
        return labels;
    }

    /**
     * Reads it.
     *
     * @param labelColumn of whole numbers, from 0; it is left out of the table
     * @throws DataException if the file is missing, a line is not of as many numbers as the first, or a label is no whole
     *     number; the line is named
     */
    static NumberTable read(Path file, Optional<Integer> labelColumn) {
        int without = labelColumn.orElse(-1);
        List<float[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int columns = 0;
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String[] cells = (number == 1 ? withoutMark(line) : line).split(",", -1);
                if (line.isBlank() || (number == 1 && !isNumber(cells[0]))) {
                    continue;
                }
                if (rows.isEmpty()) {
                    columns = cells.length;
                    requireColumn(file, columns, labelColumn);
                } else if (cells.length != columns) {
                    throw new DataException("%s, line %d: has %d values, but the first has %d"
                            .formatted(file, number, cells.length, columns));
                }
                if (without >= 0) {
                    labels.add(label(file, number, cells[without].strip()));
                }
                rows.add(row(file, number, cells, without));
            }
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
        if (rows.isEmpty()) {
            throw new DataException(file + " holds no numbers");
        }
        return new NumberTable(
                Matrix.of(rows.toArray(float[][]::new)),
                labelColumn.map(_ -> labels.stream().mapToInt(label -> label).toArray()));
    }

    /** A line without the mark of byte order, with which some programs begin a file. */
    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static void requireColumn(Path file, int columns, Optional<Integer> labelColumn) {
        if (labelColumn.isPresent() && (labelColumn.get() < 0 || labelColumn.get() >= columns || columns < 2)) {
            throw new DataException("%s has %d columns: a label column %d leaves nothing or is not there"
                    .formatted(file, columns, labelColumn.get()));
        }
    }

    private static boolean isNumber(String text) {
        try {
            Float.parseFloat(text.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static int label(Path file, int number, String text) {
        try {
            return new BigDecimal(text).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DataException(
                    "%s, line %d: the label \"%s\" is no whole number of 32 bits".formatted(file, number, text), e);
        }
    }

    /** The numbers of a line but the one in column {@code without}, if it is not negative. */
    private static float[] row(Path file, int number, String[] cells, int without) {
        float[] row = new float[without < 0 ? cells.length : cells.length - 1];
        for (int c = 0, at = 0; c < cells.length; c++) {
            if (c == without) {
                continue;
            }
            if (!isNumber(cells[c])) {
                throw new DataException(
                        "%s, line %d, value %d: \"%s\" is no number".formatted(file, number, c + 1, cells[c].strip()));
            }
            row[at++] = Float.parseFloat(cells[c].strip());
        }
        return row;
    }
}
