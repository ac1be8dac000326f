package fathom.cli;

import fathom.data.Data;
import fathom.data.Split;
import fathom.inspect.InspectException;
import fathom.inspect.Latent;
import fathom.inspect.Likelihood;
import fathom.inspect.Sample;
import fathom.inspect.Views;
import fathom.model.Model;
import fathom.run.Trained;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom eval}. */
@Command(
        name = "eval",
        description = "Tests the kept weights of a run on one split of its data.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
    private static final int MOST_VIEWS = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.WEIGHTS)
    private String run = "";

    @Option(names = "--split", paramLabel = "train|validation|test", description = "Which split (default: test).")
    private Split split = Split.TEST;

    @Option(
            names = "--views",
            paramLabel = "N",
            description = "Test-time augmentation: the mean answer to N looks at each picture, one as it is, the others"
                    + " changed as in training (default: 1).")
    private int views = 1;

    @Option(
            names = "--samples",
            paramLabel = "K",
            description =
                    "Of an autoencoder, also the importance-weighted bound of the likelihood, with K codes an image.")
    private int samples;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (samples < 0) {
            throw new ParameterException(spec.commandLine(), "--samples must be at least 1, got " + samples);
        }
        var chosen = places.weights(run);
        try (var trained = Trained.open(chosen)) {
            long began = System.nanoTime();
            var evaluated = views == 1 ? trained.evaluate(split, places.data()) : severalViews(trained);
            double seconds = (System.nanoTime() - began) * 1e-9;
            Optional<Likelihood> likelihood = samples == 0 ? Optional.empty() : likelihood(trained);
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(json(trained, evaluated, likelihood, seconds));
            } else {
                out.println(evaluated
                        .metrics()
                        .map(m -> String.format(
                                Locale.ROOT,
                                "%s %s on %,d %s%s",
                                split.name().toLowerCase(Locale.ROOT),
                                MetricsWords.sentence(m),
                                evaluated.examples(),
                                trained.network().isOfSequences() ? "sentences" : "images",
                                views == 1 ? "" : ", " + views + " views of each"))
                        .orElse("this split is empty"));
                likelihood.ifPresent(found -> out.println(String.format(
                        Locale.ROOT,
                        "importance-weighted bound %.2f nats an image with %,d codes each (negative ELBO by the same codes %.2f)",
                        found.negativeBound(),
                        found.samples(),
                        found.negativeElbo())));
            }
        }
        return 0;
    }

    private Trained.Evaluated severalViews(Trained trained) {
        Data data = trained.manifest().spec().data();
        if (!(trained.manifest().spec().model() instanceof Model.Classifier)) {
            throw new InspectException("--views asks which class several looks speak for, and run %s knows no classes"
                    .formatted(trained.run().id()));
        }
        if (views < 1 || views > MOST_VIEWS) {
            throw new ParameterException(
                    spec.commandLine(), "--views must be in 1 … %d, got %d".formatted(MOST_VIEWS, views));
        }
        try {
            var looks = new Views(trained::predict, data);
            var examples = trained.dataset(places.data()).examples(split);
            long seed = trained.manifest().spec().seed();
            return new Trained.Evaluated(
                    examples.size(),
                    examples.size() == 0 ? Optional.empty() : Optional.of(looks.metrics(examples, views, seed)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--views: " + e.getMessage(), e);
        }
    }

    private Optional<Likelihood> likelihood(Trained trained) {
        var examples = trained.dataset(places.data()).examples(split);
        if (examples.size() == 0) {
            return Optional.empty();
        }
        try (var latent = Latent.open(trained)) {
            return Optional.of(latent.likelihood(examples, Sample.all(examples), samples, 0));
        }
    }

    private String json(Trained trained, Trained.Evaluated evaluated, Optional<Likelihood> likelihood, double seconds) {
        var line = ResultJson.about(trained.run());
        line.put("experiment", trained.run().spec().experiment());
        line.put("epochs", trained.progress().epoch());
        line.put("steps", trained.progress().step());
        for (Split each : Split.values()) {
            line.put(
                    each.name().toLowerCase(Locale.ROOT),
                    ResultJson.metrics(each == split ? evaluated.metrics() : Optional.empty()));
        }
        line.put("views", views);
        likelihood.ifPresent(found -> {
            line.put("samples", found.samples());
            line.put("importanceWeightedBound", found.negativeBound());
            line.put("negativeElbo", found.negativeElbo());
        });
        line.put("imagesPerSecond", evaluated.examples() / seconds);
        line.put("seconds", seconds);
        return ResultJson.text(line);
    }
}
