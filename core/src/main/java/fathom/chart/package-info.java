/**
 * Numbers in, SVG or PNG out. Pure functions: the same values give the same text on every machine, and no font, display or AWT
 * text is needed. The package stands alone: it uses the JDK and nothing of the house.
 *
 * <p>A {@link fathom.chart.Chart} is a value, and {@link fathom.chart.Chart#svg(fathom.chart.Look)} draws it:
 *
 * <ul>
 *   <li>{@link fathom.chart.LineChart}: curves ({@link fathom.chart.Line}) with bands and marked points, axes linear or log
 *   <li>{@link fathom.chart.ScatterChart}: points by class, small even with 10,000 of them
 *   <li>{@link fathom.chart.HeatMap}: {@code HeatMap.confusion(title, classes, counts)} and tables of numbers
 *   <li>{@link fathom.chart.BarChart}, {@link fathom.chart.ReliabilityDiagram}
 *   <li>{@link fathom.chart.ImageGrid}: pictures with captions; {@code png(theme, scale)} for the pictures alone
 *   <li>{@link fathom.chart.Sheet}: panels of such grids; {@code png(theme)} for the pictures alone
 *   <li>{@link fathom.chart.ImageScatter}: the scatter whose points are the pictures; {@code png(look)} for the pictures alone
 *   <li>{@link fathom.chart.NetworkDiagram}: a tree of {@link fathom.chart.Block}s with shapes
 * </ul>
 *
 * <p>Numbers are given as {@link fathom.chart.Numbers}, pictures as {@link fathom.chart.Images}, axes as
 * {@link fathom.chart.Axis}. A {@link fathom.chart.Look} says how wide a chart is and on which ground
 * ({@link fathom.chart.Theme}). What belongs to class or line 3 carries the CSS class {@code c3}, to be hidden or shown by a
 * script; points, cells, tiles and layers carry {@code data-} attributes (index, row, column, path) and a {@code <title>}.
 */
@NullMarked
package fathom.chart;

import org.jspecify.annotations.NullMarked;
