package fathom.cli;

import fathom.data.Preparation;
import fathom.inspect.Reading;
import fathom.run.Trained;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom predict}. */
@Command(
        name = "predict",
        description = {
            "Says what a run's network sees in pictures, or reads in a text.",
            "",
            "Pictures may be of any size, grey, inverted or coloured. They are brought to what the network was trained on. For digits (mnist, toy-digits) as MNIST was made: what differs"
                    + " from the colour of the border is ink, it is fitted into 20×20 pixels with its aspect kept and put into"
                    + " 28×28 by its centre of mass. For garments (fashion-mnist) nearly as that set was made: grey on black,"
                    + " trimmed, the longer side brought to 28 pixels, centred; not sharpened. Networks for colours or for a"
                    + " folder of images take pictures as drawn.",
            "",
            "A text is split into words as the Penn Treebank does it (won't: wo n't). For each word: how the answer's probability"
                    + " changes when it is left out, and which class its own state speaks for.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fathom predict latest seven.png",
            "  fathom predict latest *.png --json",
            "  fathom predict latest test-digit.png --as-drawn",
            "  fathom predict latest --text \"It isn't bad at all, but the ending is weak.\""
        },
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = Places.WEIGHTS)
    private String run = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "IMAGE", description = "PNG or JPEG files.")
    private List<Path> images = new ArrayList<>();

    @Mixin
    private Places places;

    @Option(
            names = "--as-drawn",
            description = "Leave the pictures as they are: only made grey where the network expects it, and resized.")
    private boolean asDrawn;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "How many classes to show (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + SHOWN)
    private int top;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "A text instead of pictures; may be given several times.")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--json", description = "One line of JSON a picture or text.")
    private boolean json;

    @Override
    public Integer call() {
        if (images.isEmpty() == texts.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    images.isEmpty()
                            ? "say what to look at: pictures, or --text \"some words\""
                            : "either pictures or --text, not both");
        }
        var out = spec.commandLine().getOut();
        try (var trained = Trained.open(places.weights(run))) {
            requireKind(trained);
            boolean coloured = !json && Help.Ansi.AUTO.enabled();
            for (String text : texts) {
                Reading reading = Reading.of(trained, text);
                out.println(json ? ReadingText.json(text, reading) : ReadingText.of(text, reading, top, coloured));
            }
            Preparation preparation = asDrawn ? Preparation.AS_DRAWN : trained.usualPreparation();
            for (Path image : images) {
                var guesses = trained.predict(image, preparation);
                out.println(json ? line(image, guesses) : text(image, guesses));
            }
        }
        return 0;
    }

    private void requireKind(Trained trained) {
        boolean reads = trained.network().isOfSequences();
        if (reads != images.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    reads
                            ? "run %s reads text, not pictures: --text \"some words\""
                                    .formatted(trained.run().id())
                            : "run %s looks at pictures, it reads no text"
                                    .formatted(trained.run().id()));
        }
    }

    private String text(Path image, List<Trained.Guess> guesses) {
        var shown = guesses.subList(0, Math.clamp(top, 1, guesses.size()));
        int widest =
                shown.stream().mapToInt(guess -> guess.name().length()).max().orElse(0);
        var text = new StringBuilder(image.toString());
        for (Trained.Guess guess : shown) {
            String name = guess.name() + " ".repeat(widest - guess.name().length());
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %s  %s %5.1f %%",
                    name,
                    ShareBar.of(guess.probability()),
                    100 * guess.probability()));
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
