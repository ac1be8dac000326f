package fathom.engine.torch;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;
import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.leaky_relu;
import static org.bytedeco.pytorch.global.torch.leaky_relu_;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.mkldnn_max_pool2d;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.relu_;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.tanh;

import fathom.engine.Sampling;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Makes the layers of a network runnable. Everything that stays the same from step to step (sizes, options, handles to
 * weights) is made here once, so that a step calls nothing but the operations themselves.
 */
final class Graph {
    private final Map<String, Network.Place> places;

    /** Path of the sigmoid that the loss takes itself; empty if there is none. */
    private final String lastSigmoid;

    private final Weights weights;
    private final Tensors tensors;
    private final Owned owned;
    private final SequenceGraph sequences;

    private Graph(Network network, Loss loss, Weights weights, Tensors tensors, Owned owned) {
        this.places = network.byPath();
        lastSigmoid = Losses.takesLogits(loss) ? sigmoidAtTheEnd(network) : "";
        this.weights = weights;
        this.tensors = tensors;
        this.owned = owned;
        sequences = new SequenceGraph(weights, tensors, owned);
    }

    private static String sigmoidAtTheEnd(Network network) {
        if (!network.endsIn(Layer.Sigmoid.class)) {
            throw new IllegalArgumentException("the loss bce needs a network that ends in sigmoid");
        }
        return network.leaves().getLast().path();
    }

    static Node of(Network network, Loss loss, Weights weights, Tensors tensors, Owned owned) {
        return new Graph(network, loss, weights, tensors, owned).node(network.root(), "", false);
    }

    /** @param mayOverwrite whether nobody but this layer needs its input any more, so it can write its output there */
    private Node node(Layer layer, String path, boolean mayOverwrite) {
        if (layer instanceof Layer.Named(var _, Layer inner)) {
            return node(inner, path, mayOverwrite);
        }
        Node node = switch (layer) {
            case Layer.Chain(List<Layer> layers) -> chain(layers, path, mayOverwrite);
            case Layer.Branches(List<Layer> branches) -> branches(branches, path);
            case Layer.Residual(Layer body, Layer shortcut) -> {
                Node left = node(body, join(path, "body"), false);
                Node right = node(shortcut, join(path, "shortcut"), false);
                yield (x, pass) -> left.run(x, pass).add(right.run(x, pass));
            }
            default -> leaf(layer, path, mayOverwrite);
        };
        return (x, pass) -> {
            Tensor output = node.run(x, pass);
            pass.watcher().seen(path, output);
            return output;
        };
    }

    private Node chain(List<Layer> layers, String path, boolean mayOverwrite) {
        var nodes = new ArrayList<Node>();
        boolean fresh = mayOverwrite;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            nodes.add(node(layer, Network.childPath(path, layer, String.valueOf(i)), fresh));
            fresh = isFresh(layer, fresh);
        }
        return (x, pass) -> {
            Tensor output = x;
            for (Node node : nodes) {
                output = node.run(output, pass);
            }
            return output;
        };
    }

    private Node branches(List<Layer> branches, String path) {
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < branches.size(); i++) {
            Layer branch = branches.get(i);
            nodes.add(node(branch, Network.childPath(path, branch, String.valueOf(i)), false));
        }
        return (x, pass) -> {
            var outputs = new Tensor[nodes.size()];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = nodes.get(i).run(x, pass);
            }
            return cat(new TensorVector(outputs), 1);
        };
    }

    /** Whether a layer's output is an array of its own that its gradient does not need again. */
    private static boolean isFresh(Layer layer, boolean inputIsFresh) {
        return switch (layer) {
            case Layer.Linear _,
                    Layer.Conv _,
                    Layer.TransposedConv _,
                    Layer.BatchNorm _,
                    Layer.LayerNorm _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.Embedding _,
                    Layer.SequencePool _,
                    Layer.LastToken _,
                    Layer.Branches _,
                    Layer.Residual _ -> true;
            case Layer.Reparameterise _ -> false; // without noise its output may be a part of its input
            case Layer.Named(var _, Layer inner) -> isFresh(inner, inputIsFresh);
            case Layer.Chain(List<Layer> layers) -> {
                boolean fresh = inputIsFresh;
                for (Layer part : layers) {
                    fresh = isFresh(part, fresh);
                }
                yield fresh;
            }
            case Layer.Flatten _, Layer.Unflatten _ -> inputIsFresh;
            case Layer.Relu _,
                    Layer.LeakyRelu _,
                    Layer.Sigmoid _,
                    Layer.Tanh _,
                    Layer.LogSoftmax _,
                    Layer.Lstm _,
                    Layer.WordDropout _,
                    Layer.Dropout _ -> false;
        };
    }

    private Node leaf(Layer layer, String path, boolean mayOverwrite) {
        return switch (layer) {
            case Layer.Linear _ -> {
                Tensor weight = weights.at(path, "weight");
                TensorOptional bias = weights.optional(path, "bias");
                yield (x, _) -> linear(x, weight, bias);
            }
            case Layer.Conv(var _, var _, int stride, int padding, var _) -> {
                Tensor weight = weights.at(path, "weight");
                TensorOptional bias = weights.optional(path, "bias");
                LongArrayRef strides = pair(stride);
                LongArrayRef paddings = pair(padding);
                LongArrayRef ones = pair(1);
                yield (x, _) -> conv2d(x, weight, bias, strides, paddings, ones, 1);
            }
            case Layer.TransposedConv t -> {
                Tensor weight = weights.at(path, "weight");
                TensorOptional bias = weights.optional(path, "bias");
                LongArrayRef strides = pair(t.stride());
                LongArrayRef paddings = pair(t.padding());
                LongArrayRef outputPaddings = pair(t.outputPadding());
                LongArrayRef ones = pair(1);
                yield (x, _) -> conv_transpose2d(x, weight, bias, strides, paddings, outputPaddings, 1, ones);
            }
            case Layer.BatchNorm(double epsilon, double momentum) -> batchNorm(path, epsilon, momentum);
            case Layer.LayerNorm(double epsilon)
            when place(path).in().rank() == 2 -> sequences.layerNorm(place(path), epsilon);
            case Layer.LayerNorm(double epsilon) -> {
                LongArrayRef sizes = sizes(place(path).in());
                TensorOptional weight = weights.optional(path, "weight");
                TensorOptional bias = weights.optional(path, "bias");
                yield (x, _) -> layer_norm(x, sizes, weight, bias, epsilon, true);
            }
            case Layer.Relu _ -> mayOverwrite ? (x, _) -> relu_(x) : (x, _) -> relu(x);
            case Layer.LeakyRelu(double slope) -> {
                Scalar factor = owned.keep(new Scalar(slope));
                yield mayOverwrite ? (x, _) -> leaky_relu_(x, factor) : (x, _) -> leaky_relu(x, factor);
            }
            case Layer.Sigmoid _ ->
                path.equals(lastSigmoid)
                        ? (x, pass) -> pass.latents().sampling() == Sampling.NONE ? sigmoid(x) : x
                        : (x, _) -> sigmoid(x);
            case Layer.Reparameterise _ -> (x, pass) -> pass.latents().draw(path, x);
            case Layer.Tanh _ -> (x, _) -> tanh(x);
            case Layer.LogSoftmax _ -> {
                var single = owned.keep(new ScalarTypeOptional(ScalarType.Float));
                yield (x, _) -> log_softmax(x, 1, single);
            }
            case Layer.MaxPool(int kernel, int stride) -> maxPool(kernel, stride);
            case Layer.AveragePool(int kernel, int stride) -> {
                LongArrayRef kernels = pair(kernel);
                LongArrayRef strides = pair(stride);
                LongArrayRef zeros = pair(0);
                var whole = owned.keep(new LongOptional());
                yield (x, _) -> avg_pool2d(x, kernels, strides, zeros, false, true, whole);
            }
            case Layer.Dropout(double rate) -> dropout(rate);
            case Layer.Flatten _ -> (x, _) -> x.flatten(1, -1);
            case Layer.Unflatten _ -> {
                LongArrayRef sizes = sizes(place(path).out());
                yield (x, _) -> x.unflatten(1, sizes);
            }
            case Layer.Embedding _ -> sequences.embed(path);
            case Layer.Lstm lstm -> sequences.lstm(place(path), lstm);
            case Layer.LastToken(boolean bidirectional) -> sequences.lastToken(place(path), bidirectional);
            case Layer.SequencePool(var kind) -> sequences.pool(kind);
            case Layer.WordDropout(double rate) -> sequences.dropWords(rate);
            case Layer.Chain _, Layer.Named _, Layer.Branches _, Layer.Residual _ ->
                throw new IllegalArgumentException("not a leaf: " + layer);
        };
    }

    /**
     * libtorch's own max pool has no vector code for pictures that lie channel by channel. By way of oneDNN, which has,
     * the whole step of lenet became 1.3 times faster, that of digits-cnn 1.25 times.
     */
    private Node maxPool(int kernel, int stride) {
        LongArrayRef kernels = pair(kernel);
        LongArrayRef strides = pair(stride);
        LongArrayRef zeros = pair(0);
        LongArrayRef ones = pair(1);
        return tensors.poolsByOneDnn()
                ? (x, _) -> mkldnn_max_pool2d(x.to_mkldnn(), kernels, strides, zeros, ones, false)
                        .to_dense()
                : (x, _) -> max_pool2d(x, kernels, strides, zeros, ones, false);
    }

    private Node batchNorm(String path, double epsilon, double momentum) {
        Shape shape = place(path).in();
        int positions = shape.count() / shape.size(0);
        TensorOptional weight = weights.optional(path, "weight");
        TensorOptional bias = weights.optional(path, "bias");
        TensorOptional mean = weights.optional(path, "running_mean");
        TensorOptional variance = weights.optional(path, "running_var");
        return (x, pass) -> {
            if (pass.training() && x.size(0) * positions == 1) {
                throw new IllegalArgumentException(
                        "layer %s (batchNorm) cannot train on a batch of one example: it has one number a channel, so no variance"
                                .formatted(path));
            }
            return batch_norm(x, weight, bias, mean, variance, pass.training(), momentum, epsilon, true);
        };
    }

    /**
     * The mask compares 16 random bits a number with the rate, so the rate is kept to 1/65,536. libtorch's own dropout
     * draws a 64-bit float a number and took ten times as long (a twelfth of the step of digits-cnn).
     */
    private Node dropout(double rate) {
        Scalar scale = owned.keep(new Scalar((float) (1 / (1 - rate))));
        Scalar firstKept = owned.keep(new Scalar(Masks.threshold(rate)));
        var open = owned.keep(new LongOptional());
        return (x, pass) -> {
            if (!pass.training() || rate == 0) {
                return x;
            }
            long count = x.numel();
            Tensor bits = tensors.longs((count + 3) / 4)
                    .random_(Long.MIN_VALUE, open, pass.dropout())
                    .view(ScalarType.Short)
                    .as_strided(x.sizes(), x.strides());
            return x.mul(bits.ge(firstKept).to(x.scalar_type()).mul_(scale));
        };
    }

    private Network.Place place(String path) {
        var place = places.get(path);
        if (place == null) {
            throw new IllegalArgumentException("no layer at " + path);
        }
        return place;
    }

    private LongArrayRef pair(int value) {
        return array(value, value);
    }

    private LongArrayRef sizes(Shape shape) {
        return array(shape.sizes().stream().mapToLong(Integer::longValue).toArray());
    }

    private LongArrayRef array(long... values) {
        return owned.keep(new LongArrayRef(owned.keep(new LongPointer(values)), values.length));
    }

    private static String join(String parent, String child) {
        return parent.isEmpty() ? child : parent + "." + child;
    }
}
