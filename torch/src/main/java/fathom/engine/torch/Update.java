package fathom.engine.torch;

import static org.bytedeco.pytorch.global.torch.zeros_like;

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
    private static final int GRADIENTS = 1;

    private final List<Tensor> weights;
    private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    private final OperatorHandle kernel;
    private final Type.TypePtr tensorType;

    /** The kernel's arguments in order; those at {@link #GRADIENTS} and {@link #rate} change with each step. */
    private final List<IValue> arguments = new ArrayList<>();

    private final int rate;

    /** How many steps this optimiser has taken, for the kernel; the same number for all arrays. */
    private final Tensor stepCount;

    private long steps;

    Update(Optimizer optimizer, SequencedMap<String, Tensor> trained, Tensors tensors, Owned owned) {
        weights = List.copyOf(trained.values());
        tensorType = owned.keep(
                owned.keep(new TensorList(owned.keep(new TensorVector()))).elementType());
        stepCount = owned.keep(tensors.zeros(1));
        kernel = owned.keep(Dispatcher.singleton().findSchemaOrThrow("aten::" + kernelName(optimizer), ""));
        var lists = new ArrayList<List<Tensor>>();
        lists.add(weights);
        lists.add(List.of()); // gradients
        for (String kind : kinds(optimizer)) {
            var arrays = new ArrayList<Tensor>();
            trained.forEach((name, weight) -> {
                Tensor array = owned.keep(zeros_like(weight));
                array.detach_();
                arrays.add(array);
                state.put(name + "/" + kind, array);
            });
            lists.add(arrays);
        }
        rate = switch (optimizer) {
            case Optimizer.Sgd(var _, double momentum, boolean nesterov, double decay) -> {
                if (momentum == 0) {
                    lists.add(List.of());
                }
                lists.forEach(list -> arguments.add(owned.keep(value(list))));
                add(owned, decay, momentum, 0, 0); // then the rate, and no dampening
                add(owned, nesterov, false, false); // nesterov, maximise, first step: its momentum is 0 in any case
                yield 5;
            }
            case Optimizer.Adam(var _, double beta1, double beta2, double epsilon, double decay) ->
                adamArguments(owned, lists, beta1, beta2, epsilon, decay);
            case Optimizer.AdamW(var _, double beta1, double beta2, double epsilon, double decay) ->
                adamArguments(owned, lists, beta1, beta2, epsilon, decay);
        };
        arguments.add(owned.keep(new IValue())); // no scaled gradients
        arguments.add(owned.keep(new IValue())); // no search for infinities
    }

    private int adamArguments(
            Owned owned, List<List<Tensor>> lists, double beta1, double beta2, double epsilon, double decay) {
        lists.add(List.of()); // largest squares, for amsgrad
        lists.add(weights.stream().map(_ -> stepCount).toList());
        lists.forEach(list -> arguments.add(owned.keep(value(list))));
        add(owned, 0, beta1, beta2, decay, epsilon); // the rate first
        add(owned, false, false); // amsgrad, maximise
        return 6;
    }

    private static String kernelName(Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.Sgd _ -> "_fused_sgd_";
            case Optimizer.Adam _ -> "_fused_adam_";
            case Optimizer.AdamW _ -> "_fused_adamw_";
        };
    }

    private static List<String> kinds(Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.Sgd sgd -> sgd.momentum() > 0 ? List.of("momentum") : List.of();
            case Optimizer.Adam _, Optimizer.AdamW _ -> List.of("mean", "square");
        };
    }

    private IValue value(List<Tensor> tensors) {
        try (var list = new GenericList(tensorType)) {
            for (Tensor tensor : tensors) {
                try (var value = new IValue(tensor)) {
                    list.push_back(value);
                }
            }
            return new IValue(list);
        }
    }

    private void add(Owned owned, double... values) {
        for (double value : values) {
            arguments.add(owned.keep(new IValue(value)));
        }
    }

    private void add(Owned owned, boolean... values) {
        for (boolean value : values) {
            arguments.add(owned.keep(new IValue(value)));
        }
    }

    SequencedMap<String, Tensor> state() {
        return state;
    }

    /** How many steps it has taken. */
    long steps() {
        return steps;
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
    void apply(double learningRate) {
        steps++;
        stepCount.fill_(new Scalar((double) steps));
        IValue[] stack = arguments.toArray(new IValue[0]);
        stack[GRADIENTS] = value(weights.stream().map(Tensor::grad).toList());
        stack[rate] = new IValue(learningRate);
        kernel.callBoxed(new IValueVector(stack));
    }
}
