package fathom.engine.torch;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.Device;
import fathom.engine.DivergedException;
import fathom.engine.Learner;
import fathom.engine.Precision;
import fathom.engine.Sampling;
import fathom.model.Network;
import fathom.random.Draws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network on libtorch. Every native object of a step lives in one scope that ends with the step; what stays (weights,
 * optimiser state, batch arrays, options) is freed by {@link #close}.
 */
final class TorchLearner implements Learner {
    /** A loss beyond this has diverged: oneDNN's max pool makes −3.4e38 of numbers that are not numbers. */
    private static final double HOPELESS = 1e30;

    private final Assignment assignment;
    private final Owned owned = new Owned();
    private final Tensors tensors;
    private final Weights weights;
    private final Update update;
    private final RunningAverages averages;
    private final Losses losses;
    private final Input input;
    private final Node network;
    private final Generator generator;
    private final GeneratorOptional dropout;
    private final int threads;
    private final boolean halfPrecision;

    TorchLearner(Assignment assignment) {
        this.assignment = assignment;
        var compute = assignment.compute();
        threads = compute.threads() > 0 ? compute.threads() : threadsFor(assignment.network());
        Natives.useThreads(threads);
        halfPrecision = compute.precision() == Precision.BF16;
        tensors = new Tensors(compute.device(), halfPrecision || isLarge(assignment.network()), owned);
        weights = new Weights(assignment.network(), tensors, owned);
        weights.write(assignment.network().initialWeights(assignment.seed()));
        update = new Update(assignment.optimizer(), weights.trained(), tensors, owned);
        averages = new RunningAverages(assignment.averaging(), weights.all(), owned);
        averages.begin();
        losses = new Losses(assignment.loss(), tensors, owned);
        input = new Input(assignment.network(), assignment.loss());
        network = Graph.of(assignment.network(), assignment.loss(), weights, tensors, owned);
        generator = owned.keep(
                compute.device() == Device.CPU
                        ? torch.createCPUGenerator()
                        : torch.globalContext()
                                .defaultGenerator(tensors.device())
                                .clone());
        dropout = owned.keep(new GeneratorOptional(generator));
    }

    /**
     * How many threads pay. On two idle processors a second one took deep-inception from 72 to 127 images/s, but
     * digits-cnn and lenet-wide nowhere; with both processors busy it made even deep-inception a quarter slower.
     */
    private static int threadsFor(Network network) {
        return isLarge(network) ? Runtime.getRuntime().availableProcessors() : 1;
    }

    /**
     * Whether pictures lie pixel by pixel. That makes oneDNN's convolutions of many channels faster (deep-inception by
     * 1.13), but small networks slower (lenet by 1.1), whose pools and first convolution then have no fast kernel.
     */
    private static boolean isLarge(Network network) {
        return network.multiplyAdds() > 100_000_000;
    }

    @Override
    public Score step(Batch batch, long step, double rate) {
        begin(batch);
        try (var _ = new PointerScope()) {
            weights.keepAverages();
            Score score = backward(step);
            try (var _ = new NoGradGuard()) {
                clip(step);
                update.apply(rate);
                averages.follow(update.steps());
            }
            return score;
        } finally {
            weights.forgetGradients();
        }
    }

    @Override
    public SequencedMap<String, float[]> gradients(Batch batch, long step) {
        begin(batch);
        try (var _ = new PointerScope()) {
            weights.keepAverages();
            backward(step);
            weights.restoreAverages();
            var gradients = new LinkedHashMap<String, Tensor>();
            weights.trained().forEach((name, weight) -> gradients.put(name, weight.grad()));
            return tensors.read(gradients);
        } finally {
            weights.forgetGradients();
        }
    }

    /** Loss and gradients, which the weights then carry. */
    private Score backward(long step) {
        Pass pass = trainingPass(step, Pass.NOBODY);
        var judged = losses.training(forward(pass), input, pass.latents(), step);
        double value = judged.score().loss();
        if (!(value < HOPELESS)) {
            weights.restoreAverages();
            throw diverged(step, "the loss became " + value + " " + firstBadLayer(step));
        }
        judged.objective().backward();
        return judged.score();
    }

    @Override
    public Score evaluate(Batch batch) {
        begin(batch);
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var pass = pass(Sampling.EVALUATION, 0, Pass.NOBODY);
            return losses.evaluation(forward(pass), input, pass.latents());
        }
    }

    @Override
    public List<float[]> predict(Batch batch, List<String> taps) {
        taps.forEach(assignment.network()::at); // explains an unknown path
        begin(batch);
        Map<String, float[]> seen = new HashMap<>();
        Pass.Watcher watcher = (path, output) -> {
            if (taps.contains(path)) {
                seen.put(path, Tensors.read(output));
            }
        };
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor output = forward(pass(Sampling.NONE, 0, watcher));
            var answer = new ArrayList<float[]>();
            answer.add(Tensors.read(losses.answer(output)));
            taps.forEach(tap -> answer.add(seen.get(tap)));
            return answer;
        }
    }

    @Override
    public SequencedMap<String, float[]> weights() {
        return weights.read();
    }

    @Override
    public SequencedMap<String, float[]> optimizerState() {
        return tensors.read(state());
    }

    @Override
    public void restore(
            SequencedMap<String, float[]> arrays, SequencedMap<String, float[]> optimizerState, long stepsDone) {
        weights.check(arrays);
        if (optimizerState.isEmpty()) {
            update.reset();
        } else {
            tensors.write("optimizer state", optimizerState, state());
            update.setSteps(stepsDone);
        }
        weights.write(arrays);
        if (optimizerState.isEmpty()) {
            averages.begin();
        }
    }

    private SequencedMap<String, Tensor> state() {
        var state = new LinkedHashMap<>(update.state());
        state.putAll(averages.state());
        return state;
    }

    /** Unknown: libtorch takes and gives back memory as it goes. */
    @Override
    public long memory(int examples) {
        return 0;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void close() {
        input.close();
        owned.close();
    }

    private void begin(Batch batch) {
        Natives.useThreads(threads);
        input.take(batch);
    }

    private Pass trainingPass(long step, Pass.Watcher watcher) {
        generator.set_current_seed(Draws.key(assignment.seed(), "dropout", step));
        return pass(Sampling.TRAINING, step, watcher);
    }

    private Pass pass(Sampling sampling, long step, Pass.Watcher watcher) {
        var latents = new Latents(sampling, assignment.seed(), step, tensors);
        return new Pass(sampling == Sampling.TRAINING, dropout, input.texts(tensors), latents, watcher);
    }

    /** The network's output in 32-bit floats; before a last sigmoid that the loss takes itself. */
    private Tensor forward(Pass pass) {
        Tensor x = tensors.laidOut(tensors.here(input.inputs()));
        if (!halfPrecision) {
            return network.run(x, pass);
        }
        var type = tensors.device().type();
        torch.set_autocast_dtype(type, torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(type, true);
        try {
            return network.run(x, pass).to(torch.ScalarType.Float);
        } finally {
            torch.set_autocast_enabled(type, false);
            torch.clear_cache();
        }
    }

    /** Scales the gradients down to the norm that was asked for, as PyTorch's clip_grad_norm_ does. */
    private void clip(long step) {
        double most = assignment.gradientNorm();
        if (most == 0) {
            return;
        }
        double squares = 0;
        for (Tensor weight : weights.trained().values()) {
            double norm = weight.grad().norm().item_float();
            squares += norm * norm;
        }
        double norm = Math.sqrt(squares);
        if (!Double.isFinite(norm)) {
            weights.restoreAverages();
            throw diverged(step, "the gradients became " + norm);
        }
        double scale = most / (norm + 1e-6);
        if (scale < 1) {
            var factor = new Scalar((float) scale);
            weights.trained().values().forEach(weight -> weight.grad().mul_(factor));
        }
    }

    private static DivergedException diverged(long step, String what) {
        return new DivergedException(
                step, "%s at step %d: try a smaller learning rate or gradient clipping".formatted(what, step));
    }

    /** Runs the step again and says which layer is the first to give out a number that is not finite. */
    private String firstBadLayer(long step) {
        var bad = new ArrayList<String>();
        Pass.Watcher watcher = (path, output) -> {
            if (bad.isEmpty() && !output.isfinite().all().item_bool()) {
                bad.add(path);
            }
        };
        try (var _ = new NoGradGuard()) {
            if (!input.inputs().isfinite().all().item_bool()) {
                return "because the batch holds numbers that are not finite,";
            }
            forward(trainingPass(step, watcher));
            weights.restoreAverages();
        }
        return bad.isEmpty() ? "though every layer's output is finite," : "first in layer " + bad.getFirst();
    }
}
