package fathom.cli;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Engines;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.Models;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom summary}. */
@Command(
        name = "summary",
        description = "Shows a network layer by layer: shapes, parameters, multiply-adds.",
        mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL|RUN", description = "A model from 'fathom list models', or a run.")
    private String subject = "";

    @Option(
            names = "--input",
            paramLabel = "C×H×W",
            description = "Shape of one example, such as 1x28x28 (default: what the model was made for).")
    private @Nullable String input;

    @Option(
            names = "--plan",
            description =
                    "Shows how a training step runs: which layers are fused, in which order, and the memory it takes.")
    private boolean plan;

    @Option(names = "--batch", paramLabel = "N", description = "Examples a step, for --plan (default: 256).")
    private int batch = 256;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Subject subject = subject();
        Network network = subject.network();
        var out = spec.commandLine().getOut();
        if (plan) {
            plan(subject).forEach(out::println);
        } else if (json) {
            out.println(json(network));
        } else {
            out.print(LayerTable.of(network));
            out.flush();
        }
        return 0;
    }

    private List<String> plan(Subject subject) {
        if (batch < 1) {
            throw new ParameterException(spec.commandLine(), "--batch must be at least 1, got " + batch);
        }
        var engine = Engines.choose(Compute.auto());
        var assignment = new Assignment(
                subject.network(),
                subject.loss(),
                Optimizer.adam(1e-3),
                0,
                0,
                0,
                Compute.auto().withThreads(1));
        var lines = engine.plan(assignment, batch);
        return lines.isEmpty() ? List.of("the engine " + engine.name() + " plans nothing ahead") : lines;
    }

    /** A network and what it is trained for. */
    private record Subject(Network network, Loss loss) {}

    private Subject subject() {
        Optional<Models.Entry> named = Models.find(subject);
        if (named.isPresent()) {
            var network = named.get().network().get();
            return new Subject(Network.of(network, shapeOr(named.get().input())), new Loss.CrossEntropy(0));
        }
        Optional<Models.Pair> pair = Models.findPair(subject);
        if (pair.isPresent()) {
            var vae = pair.get().model().get();
            return new Subject(vae.on(shapeOr(pair.get().input()), 0), vae.loss());
        }
        var run = places.weights(subject);
        Shape shape = shapeOr(run.manifest().inputShape());
        return switch (run.spec().model()) {
            case Model.Classifier(var network, var loss) -> new Subject(Network.of(network, shape), loss);
            case Model.Vae vae -> new Subject(vae.on(shape, 0), vae.loss());
        };
    }

    private Shape shapeOr(Shape own) {
        return input == null ? own : shape(input);
    }

    private Shape shape(String text) {
        try {
            return new Shape(List.of(text.split("[x×]")).stream()
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--input is sizes joined by x, such as 1x28x28; got " + text, e);
        }
    }

    private static String json(Network network) {
        var layers = new ArrayList<Map<String, Object>>();
        for (Network.Place place : network.leaves()) {
            var layer = new LinkedHashMap<String, Object>();
            layer.put("path", place.path());
            layer.put("layer", place.title());
            layer.put("output", place.out().sizes());
            layer.put("parameters", place.parameterCount());
            layer.put("multiplyAdds", place.multiplyAdds());
            layers.add(layer);
        }
        var summary = new LinkedHashMap<String, Object>();
        summary.put("input", network.input().sizes());
        summary.put("layers", layers);
        summary.put("parameters", network.parameterCount());
        summary.put("multiplyAdds", network.multiplyAdds());
        return ResultJson.text(summary);
    }
}
