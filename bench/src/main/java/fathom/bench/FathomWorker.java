package fathom.bench;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Engine;
import fathom.engine.Engines;
import fathom.engine.Learner;
import fathom.engine.Optimizer;
import fathom.engine.Precision;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Network;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Trains with one of Fathom's engines. */
final class FathomWorker {
    private FathomWorker() {}

    /** @param arguments the name of the engine */
    public static void main(String[] arguments) throws IOException {
        Worker.serve(job -> build(arguments[0], job));
    }

    private static Worker.Step build(String engineName, JsonNode job) {
        var asked = new Job(job.get("network").asString(), 0, "", "", 0, 0);
        var network = asked.resolved();
        var precision = Precision.valueOf(job.get("precision").asString().toUpperCase(Locale.ROOT));
        var compute = new Compute(
                engineName, Device.CPU, precision, job.get("threads").asInt());
        Engine engine = Engines.choose(compute);
        Loss loss = asked.isAutoencoder() ? Loss.Elbo.of(Loss.Reconstruction.BCE) : classes(network);
        Learner learner = engine.open(new Assignment(network, loss, Optimizer.adam(1e-4), 0, 0, 1, compute));
        var step = new AtomicLong();
        if (job.get("mode").asString().equals("infer")) {
            return (inputs, labels) -> learner.evaluate(new Batch(network.input(), inputs, labels));
        }
        return (inputs, labels) ->
                learner.step(new Batch(network.input(), inputs, labels), step.getAndIncrement(), 1e-4);
    }

    private static Loss classes(Network network) {
        return network.leaves().getLast().layer() instanceof Layer.LogSoftmax
                ? new Loss.NegativeLogLikelihood()
                : new Loss.CrossEntropy(0);
    }
}
