package fathom.cli;

import fathom.run.Trained;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom predict}. */
@Command(name = "predict", description = "Says what a run's network sees in pictures.", mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = Places.RUN)
    private String run = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "PNG or JPEG files.")
    private List<Path> images = new ArrayList<>();

    @Mixin
    private Places places;

    @Option(names = "--json", description = "One line of JSON a picture.")
    private boolean json;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var trained = Trained.open(places.run(run))) {
            for (Path image : images) {
                var guesses = trained.predict(image);
                out.println(json ? line(image, guesses) : text(image, guesses));
            }
        }
        return 0;
    }

    private static String text(Path image, List<Trained.Guess> guesses) {
        var text = new StringBuilder(image.toString()).append(':');
        for (Trained.Guess guess : guesses.subList(0, Math.min(SHOWN, guesses.size()))) {
            text.append(String.format(Locale.ROOT, "  %s %.1f %%", guess.name(), 100 * guess.probability()));
        }
        return text.toString();
    }

    private static String line(Path image, List<Trained.Guess> guesses) {
        var probabilities = new LinkedHashMap<String, Double>();
        guesses.forEach(guess -> probabilities.put(guess.name(), guess.probability()));
        var line = new LinkedHashMap<String, Object>();
        line.put("image", image.toString());
        line.put("class", guesses.getFirst().name());
        line.put("probabilities", probabilities);
        return ResultJson.text(line);
    }
}
