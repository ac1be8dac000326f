package fathom.engine.torch;

import fathom.model.Network;
import fathom.model.Parameter;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** The arrays of one network on its device, by parameter name. */
final class Weights {
    private final SequencedMap<String, Tensor> all = new LinkedHashMap<>();
    private final SequencedMap<String, Tensor> trained = new LinkedHashMap<>();
    private final Tensors tensors;
    private final Owned owned;

    /** Running averages of all layers in one array, and a copy of them from before the step. */
    private final Tensor averages;

    private final Tensor averagesBefore;

    Weights(Network network, Tensors tensors, Owned owned) {
        this.tensors = tensors;
        this.owned = owned;
        long count = network.parameters().stream()
                .filter(parameter -> !parameter.trained())
                .mapToLong(parameter -> parameter.shape().count())
                .sum();
        averages = owned.keep(tensors.zeros(count));
        averagesBefore = owned.keep(tensors.zeros(count));
        long offset = 0;
        for (Parameter parameter : network.parameters()) {
            Tensor tensor;
            if (parameter.trained()) {
                tensor = owned.keep(tensors.zeros(parameter.shape()));
                tensor.set_requires_grad(true);
                trained.put(parameter.name(), tensor);
            } else {
                long length = parameter.shape().count();
                long[] sizes = parameter.shape().sizes().stream()
                        .mapToLong(Integer::longValue)
                        .toArray();
                try (Tensor flat = averages.narrow(0, offset, length)) {
                    tensor = owned.keep(flat.view(sizes));
                }
                offset += length;
            }
            all.put(parameter.name(), tensor);
        }
    }

    Tensor at(String path, String name) {
        Tensor tensor = all.get(path.isEmpty() ? name : path + "." + name);
        if (tensor == null) {
            throw new IllegalArgumentException("no array %s at %s".formatted(name, path));
        }
        return tensor;
    }

    /** The same as an optional argument; empty if the layer has no such array. */
    TensorOptional optional(String path, String name) {
        Tensor tensor = all.get(path.isEmpty() ? name : path + "." + name);
        return owned.keep(tensor == null ? new TensorOptional() : new TensorOptional(tensor));
    }

    SequencedMap<String, Tensor> all() {
        return all;
    }

    SequencedMap<String, Tensor> trained() {
        return trained;
    }

    /** Remembers the running averages, so that a step that fails can be undone. */
    void keepAverages() {
        if (all.size() > trained.size()) {
            averagesBefore.copy_(averages);
        }
    }

    void restoreAverages() {
        averages.copy_(averagesBefore);
    }

    /** Drops the gradients; the next backward pass brings new arrays. */
    void forgetGradients() {
        for (Tensor tensor : trained.values()) {
            tensor.mutable_grad().reset();
        }
    }

    SequencedMap<String, float[]> read() {
        return tensors.read(all);
    }

    /** @throws IllegalArgumentException if an array is missing, unknown or of another length */
    void check(SequencedMap<String, float[]> values) {
        Tensors.check("weights", values, all);
    }

    /** @throws IllegalArgumentException if an array is missing, unknown or of another length; nothing is then changed */
    void write(SequencedMap<String, float[]> values) {
        tensors.write("weights", values, all);
    }
}
