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

    /** How many words a sentence has; 0 for pictures. */
    default int length(int index) {
        return 0;
    }

    /** The words of a sentence, separated by spaces; empty for pictures. */
    default String text(int index) {
        return "";
    }

    /** Whether batches should join examples of like {@link #length}, because each is padded to its longest. */
    default boolean sortsByLength() {
        return false;
    }

    /** The examples at these indices, in this order. */
    default Batch batch(int... indices) {
        return batch(indices, new float[0]);
    }

    /** The same; the batch's inputs are {@code room}, written over, if that is exactly as long as they need. */
    default Batch batch(int[] indices, float[] room) {
        int count = shape().count();
        float[] inputs = Batch.inputs(indices.length, count, room);
        for (int i = 0; i < indices.length; i++) {
            read(indices[i], inputs, i * count);
        }
        return new Batch(
                shape(), inputs, Arrays.stream(indices).map(this::label).toArray());
    }
}
