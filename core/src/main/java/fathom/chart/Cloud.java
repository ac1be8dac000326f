package fathom.chart;

import java.util.stream.IntStream;

/** Points with one scale for both axes, fitted into a rectangle: where each is drawn. */
final class Cloud {
    private static final double FLATTEST = 0.55;
    private static final double TALLEST = 1.0;

    private final Numbers xs;
    private final Numbers ys;
    private final double lowX;
    private final double highX;
    private final double lowY;
    private final double highY;

    Cloud(Numbers xs, Numbers ys) {
        this.xs = xs;
        this.ys = ys;
        var x = known().mapToDouble(xs::get).summaryStatistics();
        var y = known().mapToDouble(ys::get).summaryStatistics();
        boolean none = x.getCount() == 0;
        this.lowX = none ? 0 : x.getMin();
        this.highX = none ? 0 : x.getMax();
        this.lowY = none ? 0 : y.getMin();
        this.highY = none ? 0 : y.getMax();
    }

    /** The points both of whose numbers are finite. */
    IntStream known() {
        return IntStream.range(0, xs.size()).filter(i -> Double.isFinite(xs.get(i)) && Double.isFinite(ys.get(i)));
    }

    double lowX() {
        return lowX;
    }

    double highX() {
        return highX;
    }

    double lowY() {
        return lowY;
    }

    double highY() {
        return highY;
    }

    /** The height that suits the points in a plane of this width. */
    double height(double width) {
        double aspect = highX > lowX && highY > lowY ? (highY - lowY) / (highX - lowX) : 0.8;
        return Math.round(width * Math.clamp(aspect, FLATTEST, TALLEST));
    }

    /** Where points fall when the cloud is centred in a rectangle with {@code padding} at its sides. */
    Fit fit(double left, double top, double width, double height, double padding) {
        double scale = Math.min(
                (width - 2 * padding) / Math.max(highX - lowX, Double.MIN_NORMAL),
                (height - 2 * padding) / Math.max(highY - lowY, Double.MIN_NORMAL));
        boolean spread = highX > lowX || highY > lowY;
        return new Fit(
                spread ? scale : 1,
                left + width / 2,
                top + height / 2,
                lowX / 2 + highX / 2,
                lowY / 2 + highY / 2,
                width,
                height);
    }

    /** A scale and two centres that fall on each other. */
    record Fit(
            double scale, double placeX, double placeY, double middleX, double middleY, double width, double height) {
        double x(double value) {
            return placeX + (value - middleX) * scale;
        }

        double y(double value) {
            return placeY - (value - middleY) * scale;
        }

        /** What stands at the edges: left and right, or bottom and top. */
        Axis across(Axis axis) {
            return axis.between(middleX - width / 2 / scale, middleX + width / 2 / scale);
        }

        Axis up(Axis axis) {
            return axis.between(middleY - height / 2 / scale, middleY + height / 2 / scale);
        }
    }
}
