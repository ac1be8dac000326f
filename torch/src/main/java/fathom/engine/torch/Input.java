package fathom.engine.torch;

import fathom.data.Batch;
import fathom.model.Shape;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The native arrays into which each batch is copied; made anew only when the number of examples changes. */
final class Input implements AutoCloseable {
    private final Shape shape;
    private Tensor inputs = new Tensor();
    private Tensor labels = new Tensor();
    private long[] classes = {};

    Input(Shape shape) {
        this.shape = shape;
    }

    /** Copies a batch. Call outside of scopes: the arrays stay. */
    void take(Batch batch) {
        if (!batch.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "this network takes examples of shape %s, got %s".formatted(shape, batch.shape()));
        }
        if (batch.size() != classes.length) {
            resize(batch.size());
        }
        int[] given = batch.labels();
        for (int i = 0; i < given.length; i++) {
            classes[i] = given[i];
        }
        inputs.data_ptr_float().put(batch.inputs());
        labels.data_ptr_long().put(classes);
    }

    private void resize(int examples) {
        close();
        classes = new long[examples];
        var sizes = new long[shape.rank() + 1];
        sizes[0] = examples;
        for (int axis = 0; axis < shape.rank(); axis++) {
            sizes[axis + 1] = shape.size(axis);
        }
        inputs = torch.empty(sizes);
        try (var whole = new TensorOptions(ScalarType.Long)) {
            labels = torch.zeros(new long[] {examples}, whole);
        }
    }

    /** Examples × the shape of one, on the CPU. */
    Tensor inputs() {
        return inputs;
    }

    /** One class an example, on the CPU. */
    Tensor labels() {
        return labels;
    }

    @Override
    public void close() {
        inputs.close();
        labels.close();
    }
}
