package fathom.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sizes of one example's array, without the batch: a vector has one size (units), a picture three
 * (channels × height × width).
 */
public record Shape(List<Integer> sizes) {
    private static final long LARGEST = 1L << 31;

    /** @throws IllegalArgumentException if there is no size, one is not positive, or their product is 2³¹ or more */
    public Shape {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("a shape needs at least one size");
        }
        long count = 1;
        for (int size : sizes) {
            if (size <= 0) {
                throw new IllegalArgumentException("every size of a shape must be positive, got " + text(sizes));
            }
            count *= size;
            if (count >= LARGEST) {
                throw new IllegalArgumentException("a shape may hold fewer than 2^31 numbers, got " + text(sizes));
            }
        }
    }

    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /** How many sizes: 1 for a vector, 3 for a picture. */
    public int rank() {
        return sizes.size();
    }

    /** The size along one axis, 0 being the first. */
    public int size(int axis) {
        return sizes.get(axis);
    }

    /** How many numbers one example holds. */
    public int count() {
        return sizes.stream().reduce(1, Math::multiplyExact);
    }

    boolean isPicture() {
        return rank() == 3;
    }

    int channels() {
        return size(0);
    }

    int height() {
        return size(1);
    }

    int width() {
        return size(2);
    }

    /** The sizes joined by ×, as in {@code 1×28×28}. */
    @Override
    public String toString() {
        return text(sizes);
    }

    private static String text(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }
}
