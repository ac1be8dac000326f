package fathom.data;

import java.util.Arrays;

/** One split of a data set: numbered examples that are turned into network inputs a batch at a time. */
public interface Examples {
    /** How many. */
    int size();

    /** The class of one example, from 0. */
    int label(int index);

    /** Writes the network input of one example to {@code out} from {@code offset} on. Thread-safe. */
    void read(int index, float[] out, int offset);

    /** The shape of one example. */
    fathom.model.Shape shape();

    /** The examples at these indices, in this order. */
    default Batch batch(int... indices) {
        int count = shape().count();
        var inputs = new float[Math.multiplyExact(indices.length, count)];
        for (int i = 0; i < indices.length; i++) {
            read(indices[i], inputs, i * count);
        }
        return new Batch(
                shape(), inputs, Arrays.stream(indices).map(this::label).toArray());
    }
}
