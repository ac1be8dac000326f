package fathom.data;

/** One attribute of all examples. */
final class AttributeColumn {
    private final String name;
    private final boolean binary;
    private final float[] values;

    /**
     * @param binary whether its numbers are 0 and 1 only
     * @param values one for each example, NaN where it is not known
     */
    AttributeColumn(String name, boolean binary, float[] values) {
        this.name = name;
        this.binary = binary;
        this.values = values;
    }

    String name() {
        return name;
    }

    boolean isBinary() {
        return binary;
    }

    float[] values() {
        return values.clone();
    }

    /** Of some examples, in this order. */
    AttributeColumn at(int[] examples) {
        float[] picked = new float[examples.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = values[examples[i]];
        }
        return new AttributeColumn(name, binary, picked);
    }
}
