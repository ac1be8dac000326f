package fathom.run;

import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Optimizer;
import fathom.engine.Precision;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.train.Clouds;
import fathom.train.Training;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A small spec for tests of the store. */
final class Specs {
    static final Clouds CLOUDS = new Clouds(330, 90, 300);

    private Specs() {}

    static Spec spec(String experiment) {
        return new Spec(
                experiment,
                new Data("toy-digits", new Data.Scale.Unit(), 0, Data.Fit.RESIZE, 0.1, 0, List.of(), 600, 0),
                new Model.Classifier(Layer.chain(Layer.flatten(), Layer.linear(10)), new Loss.CrossEntropy(0)),
                Training.of(5, 32, Optimizer.sgd(0.05)).withCheckpointEvery(3),
                7,
                new Compute("auto", Device.CPU, Precision.FP32, 1));
    }

    static SequencedMap<String, String> facts(String... keysAndValues) {
        var facts = new LinkedHashMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            facts.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return facts;
    }

    static Run create(RunStore store, String experiment) {
        return store.create(spec(experiment), facts("java", "25"), CLOUDS);
    }
}
