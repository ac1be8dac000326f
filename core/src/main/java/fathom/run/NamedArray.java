package fathom.run;

import java.util.List;

/** Numbers with a name and sizes, as a safetensors file holds them. */
public final class NamedArray {
    private final String name;
    private final List<Integer> sizes;
    private final float[] values;

    /** @throws IllegalArgumentException if the sizes do not multiply to the number of values */
    public NamedArray(String name, List<Integer> sizes, float[] values) {
        long count = sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (count != values.length) {
            throw new IllegalArgumentException(
                    "array %s of sizes %s needs %d numbers, got %d".formatted(name, sizes, count, values.length));
        }
        this.name = name;
        this.sizes = List.copyOf(sizes);
        this.values = values;
    }

    public String name() {
        return name;
    }

    public List<Integer> sizes() {
        return sizes;
    }

    /** Row by row, the last size fastest; not copied. */
    public float[] values() {
        return values;
    }
}
