package fathom.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Where the pictures of an image scatter are drawn, and which. */
final class ImagePlaces {
    /** How many cells away from its own a picture may be drawn on a grid. */
    private static final int REACH = 1;

    /** The golden ratio's fraction: its multiples modulo 1 spread evenly. */
    private static final double GOLDEN = 0.6180339887498949;

    private static final List<int[]> NEAREST_FIRST = IntStream.rangeClosed(-REACH, REACH)
            .boxed()
            .flatMap(dy -> IntStream.rangeClosed(-REACH, REACH).mapToObj(dx -> new int[] {dx, dy}))
            .sorted(Comparator.comparingInt(offset -> offset[0] * offset[0] + offset[1] * offset[1]))
            .toList();

    private ImagePlaces() {}

    /** The middle of one picture, in pixels. */
    record Place(int index, double x, double y) {}

    /** The room that pictures may take. */
    record Area(double left, double top, double width, double height) {}

    /**
     * Pictures are taken in an order that jumps evenly through the points, so that none of the classes has precedence when
     * points are sorted by class.
     *
     * @param wanted where each would be if it were alone
     */
    static List<Place> of(List<Place> wanted, ImageScatter.Placing placing, double side, Area area) {
        var order = new ArrayList<>(wanted);
        order.sort(Comparator.comparingDouble(place -> place.index() * GOLDEN % 1));
        return switch (placing) {
            case OVERLAPPING -> order;
            case GRID -> onGrid(order, side, area);
        };
    }

    private record Cell(int column, int row) {}

    private static List<Place> onGrid(List<Place> order, double side, Area area) {
        int columns = Math.max(1, (int) (area.width() / side));
        int rows = Math.max(1, (int) (area.height() / side));
        Set<Cell> taken = new HashSet<>();
        var kept = new ArrayList<Place>();
        for (Place place : order) {
            int column = Math.clamp((int) Math.floor((place.x() - area.left()) / side), 0, columns - 1);
            int row = Math.clamp((int) Math.floor((place.y() - area.top()) / side), 0, rows - 1);
            freeNear(taken, column, row, columns, rows).ifPresent(cell -> {
                taken.add(cell);
                kept.add(new Place(
                        place.index(),
                        area.left() + (cell.column() + 0.5) * side,
                        area.top() + (cell.row() + 0.5) * side));
            });
        }
        return kept;
    }

    private static Optional<Cell> freeNear(Set<Cell> taken, int column, int row, int columns, int rows) {
        for (int[] offset : NEAREST_FIRST) {
            var cell = new Cell(column + offset[0], row + offset[1]);
            boolean inside = cell.column() >= 0 && cell.column() < columns && cell.row() >= 0 && cell.row() < rows;
            if (inside && !taken.contains(cell)) {
                return Optional.of(cell);
            }
        }
        return Optional.empty();
    }
}
