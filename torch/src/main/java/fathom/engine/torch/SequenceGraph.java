package fathom.engine.torch;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.layer_norm;

import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.ArrayList;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Makes layers of sequences runnable; what they give out is 0 after an example's last real token. */
final class SequenceGraph {
    private final Weights weights;
    private final Tensors tensors;
    private final Owned owned;

    SequenceGraph(Weights weights, Tensors tensors, Owned owned) {
        this.weights = weights;
        this.tensors = tensors;
        this.owned = owned;
    }

    Node embed(String path) {
        Tensor weight = weights.at(path, "weight");
        return (x, pass) -> embedding(weight, x.to(ScalarType.Long), 0, false, false)
                .mul(pass.requireTexts().real());
    }

    Node layerNorm(Network.Place place, double epsilon) {
        LongArrayRef sizes = owned.keep(new LongArrayRef(
                owned.keep(new LongPointer(new long[] {place.in().size(1)})), 1));
        TensorOptional weight = weights.optional(place.path(), "weight");
        TensorOptional bias = weights.optional(place.path(), "bias");
        return (x, pass) -> layer_norm(x, sizes, weight, bias, epsilon, true)
                .mul(pass.requireTexts().real());
    }

    Node lstm(Network.Place place, Layer.Lstm layer) {
        String path = place.path();
        int directions = layer.bidirectional() ? 2 : 1;
        int features = place.in().size(1);
        int states = directions * layer.units();
        var arrays = new ArrayList<Tensor>();
        for (String suffix : layer.bidirectional() ? new String[] {"", "_reverse"} : new String[] {""}) {
            arrays.add(weights.at(path, "weight_ih_l0" + suffix));
            arrays.add(weights.at(path, "weight_hh_l0" + suffix));
            arrays.add(weights.at(path, "bias_ih_l0" + suffix));
            arrays.add(weights.at(path, "bias_hh_l0" + suffix));
        }
        return (x, pass) -> {
            Texts texts = pass.requireTexts();
            long examples = x.size(0);
            long tokens = x.size(1);
            Tensor packed = x.reshape(-1, features).index_select(0, texts.order());
            Tensor zeros = tensors.zeros(Shape.of(directions, Math.toIntExact(examples), layer.units()))
                    .to(packed.scalar_type());
            Tensor output = org.bytedeco
                    .pytorch
                    .global
                    .torch
                    .lstm(
                            packed,
                            texts.sizes(),
                            new TensorVector(zeros, zeros),
                            new TensorVector(arrays.toArray(new Tensor[0])),
                            true,
                            1,
                            0,
                            pass.training(),
                            layer.bidirectional())
                    .get0();
            Tensor padding = tensors.zeros(Shape.of(1, states)).to(output.scalar_type());
            return cat(new TensorVector(output, padding), 0)
                    .index_select(0, texts.places())
                    .view(examples, tokens, states);
        };
    }

    Node lastToken(Network.Place place, boolean bidirectional) {
        int features = place.in().size(1);
        int half = features / 2;
        return (x, pass) -> {
            Texts texts = pass.requireTexts();
            Tensor rows = x.reshape(-1, features);
            Tensor last = rows.index_select(0, texts.last());
            if (!bidirectional) {
                return last;
            }
            Tensor first = rows.index_select(0, texts.first());
            return cat(new TensorVector(last.narrow(1, 0, half), first.narrow(1, half, half)), 1);
        };
    }

    Node pool(Layer.SequencePool.Kind kind) {
        Scalar lowest = owned.keep(new Scalar(Float.NEGATIVE_INFINITY));
        Scalar half = owned.keep(new Scalar(0.5f));
        return switch (kind) {
            case MEAN ->
                (x, pass) -> x.mul(pass.requireTexts().real())
                        .sum(1)
                        .div(pass.requireTexts().lengths());
            case MAX ->
                (x, pass) -> org.bytedeco
                        .pytorch
                        .global
                        .torch
                        .max(x.masked_fill(pass.requireTexts().real().lt(half), lowest), 1, false)
                        .get0();
        };
    }

    /** As {@link Graph}'s dropout, by 16 random bits a token; which tokens are drawn depends on the padding. */
    Node dropWords(double rate) {
        Scalar firstKept = owned.keep(new Scalar(Masks.threshold(rate)));
        Scalar half = owned.keep(new Scalar(0.5f));
        Scalar unknown = owned.keep(new Scalar(1f));
        var open = owned.keep(new LongOptional());
        return (x, pass) -> {
            if (!pass.training() || rate == 0) {
                return x;
            }
            Tensor bits = tensors.longs((x.numel() + 3) / 4)
                    .random_(Long.MIN_VALUE, open, pass.dropout())
                    .view(ScalarType.Short)
                    .as_strided(x.sizes(), x.strides());
            Tensor isReal = pass.requireTexts().real().squeeze(2).gt(half);
            return x.masked_fill(bits.lt(firstKept).logical_and(isReal), unknown);
        };
    }
}
