package fathom.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns; columns whose cells all look like numbers lean right. */
final class Table {
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        this(List.of(header));
    }

    Table(List<String> header) {
        this.header = List.copyOf(header);
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** The table as lines, each ended. */
    String text() {
        var out = new StringBuilder();
        append(out, header);
        rows.forEach(row -> append(out, row));
        return out.toString();
    }

    private void append(StringBuilder out, List<String> cells) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String space = " ".repeat(width(i) - cell.length());
            line.append(leansRight(i) ? space + cell : cell + space).append("  ");
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(header.get(column).length(), Math::max);
    }

    private boolean leansRight(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).matches("[-+0-9.,%/ ]*"));
    }
}
