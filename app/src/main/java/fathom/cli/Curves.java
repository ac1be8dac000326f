package fathom.cli;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Curves drawn with letters, for terminals: one column an epoch (or a share of one), the axis on the left. */
final class Curves {
    private static final int HEIGHT = 10;
    private static final int WIDTH = 60;

    /** One curve: the letter that draws it, what it is, one value an epoch. */
    record Curve(char letter, String name, List<Double> values) {}

    private Curves() {}

    /** A chart of its own lines; empty if there is no value. A later curve is drawn over an earlier one. */
    static String draw(String title, List<Curve> curves, String format) {
        var all = curves.stream().flatMap(curve -> curve.values().stream()).toList();
        if (all.isEmpty()) {
            return "";
        }
        double low = Collections.min(all);
        double high = Collections.max(all);
        int epochs =
                curves.stream().mapToInt(curve -> curve.values().size()).max().orElseThrow();
        var grid = new char[HEIGHT][Math.min(WIDTH, epochs * 4)];
        for (char[] row : grid) {
            Arrays.fill(row, ' ');
        }
        curves.forEach(curve -> plot(curve, epochs, low, high, grid));

        var out = new StringBuilder(title).append('\n');
        for (int y = 0; y < HEIGHT; y++) {
            double value = high - (high - low) * y / (HEIGHT - 1);
            String label = y % 3 == 0 ? String.format(Locale.ROOT, format, value) : "";
            out.append("%9s │".formatted(label))
                    .append(new String(grid[y]).stripTrailing())
                    .append('\n');
        }
        out.append(" ".repeat(10))
                .append('└')
                .append("─".repeat(grid[0].length))
                .append('\n');
        out.append(" ".repeat(11)).append("epoch 1 … ").append(epochs).append("   ");
        curves.forEach(curve ->
                out.append(curve.letter()).append(" = ").append(curve.name()).append("  "));
        return out.toString().stripTrailing() + "\n";
    }

    private static void plot(Curve curve, int epochs, double low, double high, char[][] grid) {
        int width = grid[0].length;
        for (int x = 0; x < width; x++) {
            int epoch = (int) ((long) x * epochs / width);
            boolean first = x == 0 || (long) (x - 1) * epochs / width != epoch;
            if (epoch < curve.values().size() && first) {
                double share = high > low ? (high - curve.values().get(epoch)) / (high - low) : 0.5;
                grid[(int) Math.round(share * (HEIGHT - 1))][x] = curve.letter();
            }
        }
    }
}
