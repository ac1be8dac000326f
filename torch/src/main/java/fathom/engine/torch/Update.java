package fathom.engine.torch;

import fathom.engine.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Type;

/**
 * Moves the weights along their gradients. libtorch's fused kernels do it in one call for all arrays, each number read
 * and written once; the binding has no method for them, so they are called by name.
 */
final class Update {
    private final Optimizer optimizer;
    private final List<Tensor> weights;
    private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    private final OperatorHandle kernel;
    private final Type.TypePtr tensorType;
    private final IValue weightList;
    private final List<IValue> stateLists;
    private final IValue none;
    private final IValue no;

    /** How many steps this optimiser has taken, for the kernel; the same number for all arrays. */
    private final Tensor stepCount;

    private long steps;

    Update(Optimizer optimizer, SequencedMap<String, Tensor> trained, Tensors tensors, Owned owned) {
        this.optimizer = optimizer;
        this.weights = List.copyOf(trained.values());
        tensorType = owned.keep(
                owned.keep(new TensorList(owned.keep(new TensorVector()))).elementType());
        none = owned.keep(new IValue());
        no = owned.keep(new IValue(false));
        stepCount = owned.keep(tensors.zeros(1));
        weightList = owned.keep(new IValue(owned.keep(listOf(weights))));
        stateLists = new ArrayList<>();
        for (String kind : kinds(optimizer)) {
            var arrays = new ArrayList<Tensor>();
            trained.forEach((name, weight) -> {
                Tensor array = owned.keep(org.bytedeco.pytorch.global.torch.zeros_like(weight));
                array.detach_();
                arrays.add(array);
                state.put(name + "/" + kind, array);
            });
            stateLists.add(owned.keep(new IValue(owned.keep(listOf(arrays)))));
        }
        String name = switch (optimizer) {
            case Optimizer.Sgd _ -> "aten::_fused_sgd_";
            case Optimizer.Adam _ -> "aten::_fused_adam_";
            case Optimizer.AdamW _ -> "aten::_fused_adamw_";
        };
        kernel = owned.keep(Dispatcher.singleton().findSchemaOrThrow(name, ""));
    }

    private static List<String> kinds(Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.Sgd sgd -> sgd.momentum() > 0 ? List.of("momentum") : List.of();
            case Optimizer.Adam _, Optimizer.AdamW _ -> List.of("mean", "square");
        };
    }

    private GenericList listOf(List<Tensor> tensors) {
        var list = new GenericList(tensorType);
        for (Tensor tensor : tensors) {
            try (var value = new IValue(tensor)) {
                list.push_back(value);
            }
        }
        return list;
    }

    SequencedMap<String, Tensor> state() {
        return state;
    }

    /** Takes up after this many steps. */
    void setSteps(long steps) {
        this.steps = steps;
    }

    /** Begins anew. */
    void reset() {
        steps = 0;
        state.values().forEach(Tensor::zero_);
    }

    /** One step along the gradients that the weights carry. Call inside a scope, without recording gradients. */
    void apply(double rate) {
        steps++;
        var gradients = new ArrayList<Tensor>();
        weights.forEach(weight -> gradients.add(weight.grad()));
        var stack = new IValueVector();
        stack.push_back(weightList);
        stack.push_back(new IValue(listOf(gradients)));
        switch (optimizer) {
            case Optimizer.Sgd sgd -> sgd(stack, sgd, rate);
            case Optimizer.Adam(var _, double beta1, double beta2, double epsilon, double decay) ->
                adam(stack, rate, beta1, beta2, epsilon, decay);
            case Optimizer.AdamW(var _, double beta1, double beta2, double epsilon, double decay) ->
                adam(stack, rate, beta1, beta2, epsilon, decay);
        }
        kernel.callBoxed(stack);
    }

    /** The momentum arrays begin at 0, which makes the first step the plain gradient as in PyTorch. */
    private void sgd(IValueVector stack, Optimizer.Sgd sgd, double rate) {
        stack.push_back(stateLists.isEmpty() ? new IValue(new GenericList(tensorType)) : stateLists.getFirst());
        push(stack, sgd.weightDecay(), sgd.momentum(), rate, 0); // the last: dampening
        stack.push_back(new IValue(sgd.nesterov()));
        stack.push_back(no); // maximize
        stack.push_back(no); // first step
        stack.push_back(none); // gradient scale
        stack.push_back(none); // found infinity
    }

    private void adam(IValueVector stack, double rate, double beta1, double beta2, double epsilon, double decay) {
        stateLists.forEach(stack::push_back);
        stack.push_back(new IValue(new GenericList(tensorType))); // largest squares, for amsgrad
        stepCount.fill_(new Scalar((double) steps));
        var counts = new ArrayList<Tensor>();
        weights.forEach(_ -> counts.add(stepCount));
        stack.push_back(new IValue(listOf(counts)));
        push(stack, rate, beta1, beta2, decay, epsilon);
        stack.push_back(no); // amsgrad
        stack.push_back(no); // maximize
        stack.push_back(none); // gradient scale
        stack.push_back(none); // found infinity
    }

    private static void push(IValueVector stack, double... values) {
        for (double value : values) {
            stack.push_back(new IValue(value));
        }
    }
}
