package fathom.cli;

import fathom.data.DataException;
import fathom.manifold.Matrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** @throws DataException if the file is missing or a line is not of as many numbers as the first; the line is named */
    static NumberTable read(Path file, Optional<Integer> labelColumn) {
        List<float[]> rows = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank() || (number == 1 && !isNumber(line.split(",", 2)[0]))) {
                    continue;
                }
                float[] row = row(file, number, line);
                if (!rows.isEmpty() && rows.getFirst().length != row.length) {
                    throw new DataException("%s, line %d: has %d values, but the first has %d"
                            .formatted(file, number, row.length, rows.getFirst().length));
                }
                rows.add(row);
            }
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
        if (rows.isEmpty()) {
            throw new DataException(file + " holds no numbers");
        }
        return split(file, rows, labelColumn);
    }

    private static boolean isNumber(String text) {
        try {
            Float.parseFloat(text.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static float[] row(Path file, int number, String line) {
        String[] parts = line.split(",", -1);
        float[] row = new float[parts.length];
        for (int c = 0; c < parts.length; c++) {
            if (!isNumber(parts[c])) {
                throw new DataException(
                        "%s, line %d, value %d: \"%s\" is no number".formatted(file, number, c + 1, parts[c].strip()));
            }
            row[c] = Float.parseFloat(parts[c].strip());
        }
        return row;
    }

    private static NumberTable split(Path file, List<float[]> rows, Optional<Integer> labelColumn) {
        if (labelColumn.isEmpty()) {
            return new NumberTable(Matrix.of(rows.toArray(float[][]::new)), Optional.empty());
        }
        int column = labelColumn.get();
        int columns = rows.getFirst().length;
        if (column < 0 || column >= columns || columns < 2) {
            throw new DataException("%s has %d columns: a label column %d leaves nothing or is not there"
                    .formatted(file, columns, column));
        }
        int[] labels = new int[rows.size()];
        float[][] rest = new float[rows.size()][];
        for (int i = 0; i < labels.length; i++) {
            float[] row = rows.get(i);
            labels[i] = Math.round(row[column]);
            rest[i] = Arrays.copyOf(row, columns - 1);
            System.arraycopy(row, column + 1, rest[i], column, columns - 1 - column);
        }
        return new NumberTable(Matrix.of(rest), Optional.of(labels));
    }
}
