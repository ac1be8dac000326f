package fathom.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of texts separated by tabs: a header, then one line a picture whose first column is its path. */
final class AttributeTable {
    private static final long LARGEST = 64L << 20;

    /** One line, counted from 1. */
    private record Row(int line, List<String> cells) {}

    private final Path file;
    private final List<String> header;
    private final Map<String, Row> rows = new HashMap<>();

    private AttributeTable(Path file, List<String> header) {
        this.file = file;
        this.header = header;
    }

    /** @throws DataException if it cannot be read, a line has another number of columns, or a path stands twice */
    static AttributeTable read(Path file) {
        String[] lines = new String(FileBytes.read(file, LARGEST), StandardCharsets.UTF_8).split("\r?\n", -1);
        var table = new AttributeTable(file, List.of(lines[0].split("\t", -1)));
        if (!table.header.getFirst().equals("path")) {
            throw table.wrong(1, "the header should begin with \"path\"");
        }
        if (table.header.stream().distinct().count() < table.header.size()) {
            throw table.wrong(1, "a name stands twice in the header");
        }
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                table.add(i + 1, List.of(lines[i].split("\t", -1)));
            }
        }
        return table;
    }

    private void add(int line, List<String> cells) {
        if (cells.size() != header.size()) {
            throw wrong(line, "%d columns, the header has %d".formatted(cells.size(), header.size()));
        }
        var before = rows.putIfAbsent(cells.getFirst(), new Row(line, cells));
        if (before != null) {
            throw wrong(line, "%s stands in line %d already".formatted(cells.getFirst(), before.line()));
        }
    }

    /** The names of the columns but the first. */
    List<String> names() {
        return header.subList(1, header.size());
    }

    boolean has(String path) {
        return rows.containsKey(path);
    }

    /**
     * What stands in a column for a path, if there is a line for it.
     *
     * @throws DataException if there is no such column
     */
    Optional<String> text(String path, String column) {
        return Optional.ofNullable(rows.get(path)).map(row -> row.cells().get(column(column)));
    }

    /**
     * A column as numbers.
     *
     * @param paths of the examples; NaN for those without a line and for empty cells
     * @param numbers what each text that may stand there means; if empty, any number of at least 0 and below 1000 may
     * @throws DataException if something else stands there
     */
    float[] numbers(List<String> paths, String column, Map<String, Float> numbers) {
        int index = column(column);
        float[] values = new float[paths.size()];
        for (int i = 0; i < values.length; i++) {
            var row = rows.get(paths.get(i));
            values[i] = row == null || row.cells().get(index).isEmpty() ? Float.NaN : number(row, index, numbers);
        }
        return values;
    }

    private float number(Row row, int index, Map<String, Float> numbers) {
        String text = row.cells().get(index);
        if (!numbers.isEmpty()) {
            var number = numbers.get(text);
            if (number == null) {
                throw wrong(
                        row.line(),
                        "%s cannot be \"%s\", only one of %s"
                                .formatted(
                                        header.get(index),
                                        text,
                                        numbers.keySet().stream().sorted().toList()));
            }
            return number;
        }
        if (!text.matches("\\d{1,3}(\\.\\d{1,6})?")) {
            throw wrong(row.line(), "%s should be a number, got \"%s\"".formatted(header.get(index), text));
        }
        return Float.parseFloat(text);
    }

    private int column(String name) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw wrong(1, "there is no column \"%s\"".formatted(name));
        }
        return index;
    }

    private DataException wrong(int line, String reason) {
        return new DataException("%s:%d: %s".formatted(file, line, reason));
    }
}
