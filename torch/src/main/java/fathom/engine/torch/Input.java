package fathom.engine.torch;

import fathom.data.Batch;
import fathom.engine.Fit;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** The native arrays into which each batch is copied; made anew only when the number of examples or their shape changes. */
final class Input implements AutoCloseable {
    private final Network network;
    private final Loss loss;
    private Shape shape;
    private @Nullable Batch batch;
    private Tensor inputs = new Tensor();
    private Tensor labels = new Tensor();
    private long[] classes = {};

    Input(Network network, Loss loss) {
        this.network = network;
        this.loss = loss;
        shape = network.input();
    }

    /** Copies a batch. Call outside of scopes: the arrays stay. */
    void take(Batch batch) {
        Fit.require(network, loss, batch);
        this.batch = batch;
        if (batch.size() != classes.length || !batch.shape().equals(shape)) {
            shape = batch.shape();
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

    /** Where the real tokens of the batch are; none if it is not of texts. Call inside a scope. */
    @Nullable
    Texts texts(Tensors tensors) {
        return network.isOfSequences() && batch != null ? Texts.of(batch, tensors) : null;
    }

    /** Examples × the shape of one, on the CPU. */
    Tensor inputs() {
        return inputs;
    }

    /** One class an example, on the CPU. */
    Tensor labels() {
        return labels;
    }

    /** The same as numbers. */
    long[] classes() {
        return classes;
    }

    @Override
    public void close() {
        inputs.close();
        labels.close();
    }
}
