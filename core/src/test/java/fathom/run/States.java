package fathom.run;

import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Parameter;
import fathom.model.Shape;
import fathom.random.Draws;
import fathom.train.Metrics;
import fathom.train.Progress;
import fathom.train.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Small checkpoints that differ from step to step. */
final class States {
    static final List<Parameter> PARAMETERS = Network.of(
                    Layer.chain(Layer.linear(3), Layer.relu(), Layer.linear(2)), Shape.of(4))
            .parameters();

    private States() {}

    static Checkpoint at(long step) {
        var weights = new LinkedHashMap<String, float[]>();
        var state = new LinkedHashMap<String, float[]>();
        for (Parameter parameter : PARAMETERS) {
            weights.put(parameter.name(), numbers(parameter, step));
            state.put(parameter.name() + "/momentum", numbers(parameter, -step));
        }
        return new Checkpoint(
                "20261121-012343-test-0000", progress(step), new Checkpoint.Cursor(10 * step, step), weights, state);
    }

    static Progress progress(long step) {
        var tally = new Tally(0.1 * step, Optional.of(step), Optional.empty(), 2 * step);
        var lastTrain = Optional.of(Metrics.ofClasses(0.5, 0.25));
        return new Progress(step, (int) step, 0, tally, 1.0 / step, (int) step - 1, 3, lastTrain);
    }

    private static float[] numbers(Parameter parameter, long step) {
        var draws = Draws.of(step, parameter.name(), 0);
        var values = new float[parameter.shape().count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        return values;
    }

    static boolean same(SequencedMap<String, float[]> a, SequencedMap<String, float[]> b) {
        return List.copyOf(a.keySet()).equals(List.copyOf(b.keySet()))
                && a.keySet().stream().allMatch(name -> java.util.Arrays.equals(a.get(name), b.get(name)));
    }
}
