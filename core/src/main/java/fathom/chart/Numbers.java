package fathom.chart;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** An immutable sequence of numbers; NaN and infinite ones stand for what is not known and are left out of drawings. */
public final class Numbers {
    private static final Numbers NONE = new Numbers(new double[0]);

    private final double[] values;

    private Numbers(double[] values) {
        this.values = values;
    }

    public static Numbers of(double... values) {
        return new Numbers(values.clone());
    }

    public static Numbers of(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
        }
        return new Numbers(copy);
    }

    public static Numbers of(int[] values) {
        return new Numbers(Arrays.stream(values).asDoubleStream().toArray());
    }

    /** One column of a table of {@code columns} numbers a row, stored row by row. */
    public static Numbers column(float[] rows, int columns, int column) {
        double[] copy = new double[rows.length / columns];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = rows[i * columns + column];
        }
        return new Numbers(copy);
    }

    public static Numbers of(Iterable<? extends Number> values) {
        var copy = DoubleStream.builder();
        values.forEach(value -> copy.add(value.doubleValue()));
        return new Numbers(copy.build().toArray());
    }

    /** 1, 2, … {@code count}: epochs. */
    public static Numbers upTo(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> i + 1);
        return new Numbers(values);
    }

    public static Numbers none() {
        return NONE;
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    public double get(int index) {
        return values[index];
    }

    /** The values that are neither NaN nor infinite. */
    public DoubleStream finite() {
        return Arrays.stream(values).filter(Double::isFinite);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numbers numbers && Arrays.equals(values, numbers.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
