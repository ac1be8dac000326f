package fathom.report;

import fathom.chart.Axis;
import fathom.chart.ImageGrid;
import fathom.chart.Line;
import fathom.chart.LineChart;
import fathom.data.DataException;
import fathom.data.DataPlaces;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.engine.EngineException;
import fathom.inspect.Answers;
import fathom.inspect.Comparison;
import fathom.inspect.Comparison.Entry;
import fathom.inspect.Difference;
import fathom.inspect.History;
import fathom.inspect.InspectException;
import fathom.inspect.Sample;
import fathom.inspect.Survey;
import fathom.inspect.Walk;
import fathom.model.Model;
import fathom.run.CheckpointException;
import fathom.run.Run;
import fathom.run.Trained;
import fathom.train.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** {@code compare.html}: several runs beside each other on one page. */
public final class CompareReport {
    private static final int MOST_PICTURES = 24;
    private static final int COLUMNS = 8;

    private CompareReport() {}

    /** What was found, and where the page is. */
    public record Written(Comparison comparison, Path page) {}

    /**
     * Tests runs on the test examples of their data and writes {@code compare.html} and {@code figures/} into a folder. A run
     * that cannot be tested is compared by its spec and its curves.
     *
     * @param runs at least two
     * @param folder made if it is not there
     * @throws InspectException if there are fewer than two runs
     * @throws fathom.run.StoreException if it cannot be read how one of them came to be
     */
    public static Written write(List<Run> runs, DataPlaces places, Path folder, Survey.Saying saying)
            throws IOException {
        if (runs.size() < 2) {
            throw new InspectException("a comparison needs at least 2 runs, got " + runs.size());
        }
        var entries = new ArrayList<Entry>();
        var pictures = new ArrayList<Optional<Gallery>>();
        for (Run run : runs) {
            saying.now("testing " + run.id());
            addEntry(run, places, entries, pictures);
        }
        Comparison comparison = Comparison.of(entries);
        saying.now("drawing");
        var figures = new Figures();
        String page = page(comparison, pictures, figures);
        var output = new OutputFolder(folder);
        output.figures(figures);
        return new Written(comparison, output.page("compare.html", page));
    }

    private static void addEntry(Run run, DataPlaces places, List<Entry> entries, List<Optional<Gallery>> pictures) {
        History history = History.of(run);
        long parameters = Material.network(run.manifest()).parameterCount();
        Optional<Answers> answers = Optional.empty();
        Optional<Gallery> gallery = Optional.empty();
        Optional<Metrics> test = Optional.empty();
        String note = "";
        try (var trained = Trained.open(run)) {
            Examples examples = trained.dataset(places).examples(Split.TEST);
            if (run.spec().model() instanceof Model.Vae) {
                test = trained.evaluate(Split.TEST, places).metrics();
                note = test.isEmpty() ? "the data has no test examples" : "";
            } else if (examples.size() > 0) {
                var walk = new Walk(
                        trained::predict, trained.network(), run.manifest().classes(), 0);
                answers = Optional.of(walk.through(examples, Sample.all(examples)));
                gallery = Gallery.of(examples, run.spec().data().scale());
            } else {
                note = "the data has no test examples";
            }
        } catch (CheckpointException | DataException | EngineException e) {
            note = String.valueOf(e.getMessage());
        }
        entries.add(new Entry(run, run.spec(), parameters, history, answers, test, note));
        pictures.add(gallery);
    }

    private static String page(Comparison comparison, List<Optional<Gallery>> pictures, Figures figures) {
        var body = new StringBuilder("<header>\n<h1>")
                .append(comparison.entries().size())
                .append(" runs compared</h1>\n");
        for (Entry entry : comparison.entries()) {
            if (!entry.note().isEmpty()) {
                body.append("<p class=\"warning\">")
                        .append(Html.text(entry.run().id() + " could not be tested: " + entry.note()))
                        .append("</p>\n");
            }
        }
        body.append("</header>\n")
                .append(CompareTables.runs(comparison))
                .append(CompareTables.tests(comparison))
                .append(curves(comparison, figures))
                .append(CompareTables.levels(comparison))
                .append(disagreements(comparison, pictures, figures))
                .append(differences(comparison));
        return Page.html(comparison.entries().size() + " runs compared", body.toString());
    }

    private static String curves(Comparison comparison, Figures figures) {
        int runs = comparison.entries().size();
        String said = "Solid: test. Dotted: training, mean over the epoch."
                + (runs > Line.COLOURS ? " Only the first " + Line.COLOURS + " runs are drawn." : "");
        LineChart loss = chart("loss", Axis.of("nats"), comparison, Metrics::loss);
        boolean isOfAutoencoders =
                comparison.entries().stream().allMatch(entry -> CurvesPart.isOfAutoencoder(entry.history()));
        if (isOfAutoencoders) {
            return Html.section(
                    "curves", "Learning", Html.paragraph(said) + figures.add("curves-loss", loss, Figures.WIDE, ""));
        }
        String charts = Html.row(List.of(
                figures.add("curves-loss", loss, Figures.HALF, ""),
                figures.add(
                        "curves-accuracy",
                        chart(
                                "accuracy",
                                Axis.percent(""),
                                comparison,
                                metrics -> metrics.accuracy().orElse(Double.NaN)),
                        Figures.HALF,
                        "")));
        return Html.section("curves", "Learning", Html.paragraph(said) + charts);
    }

    private static LineChart chart(String title, Axis axis, Comparison comparison, ToDoubleFunction<Metrics> what) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < Math.min(Line.COLOURS, comparison.entries().size()); i++) {
            History history = comparison.entries().get(i).history();
            String name = CompareTables.letter(i);
            var epochs = CurvesPart.epochs(history);
            lines.add(Line.of(name, epochs, CurvesPart.values(history, History.Epoch::test, what), i));
            lines.add(Line.of(name + ", train", epochs, CurvesPart.values(history, History.Epoch::train, what), i)
                    .withStroke(Line.Stroke.DOTTED));
        }
        return new LineChart(title, Axis.whole("epoch"), axis, lines);
    }

    /** Pictures on which the first two comparable runs disagree. */
    private static String disagreements(Comparison comparison, List<Optional<Gallery>> pictures, Figures figures) {
        var out = new StringBuilder();
        for (Comparison.Pair pair : comparison.tests()) {
            Optional<Gallery> gallery = pictures.get(pair.first());
            List<Integer> places = comparison.disagreements(pair, MOST_PICTURES);
            if (gallery.isPresent() && !places.isEmpty()) {
                Entry first = comparison.entries().get(pair.first());
                Entry second = comparison.entries().get(pair.second());
                out.append(grid(pair, first, second, places, gallery.get(), figures));
            }
        }
        return out.isEmpty()
                ? ""
                : Html.section(
                        "disagreements",
                        "Where they disagree",
                        Html.paragraph(
                                        "Examples that only one of two runs gets right, those first of which the two were surest. Below each: what it is, and what each run took it for.")
                                + out);
    }

    private static String grid(
            Comparison.Pair pair, Entry first, Entry second, List<Integer> places, Gallery gallery, Figures figures) {
        Answers one = first.answers().orElseThrow();
        Answers other = second.answers().orElseThrow();
        String a = CompareTables.letter(pair.first());
        String b = CompareTables.letter(pair.second());
        var classes = first.run().manifest().classes();
        var captions = places.stream()
                .map(i -> one.isRight(i)
                        ? "%s: %s\n%s: %s".formatted(a, classes.get(one.given(i)), b, classes.get(other.given(i)))
                        : "%s: %s\n%s: %s".formatted(b, classes.get(other.given(i)), a, classes.get(one.given(i))))
                .toList();
        var images = gallery.images(places.stream().mapToInt(one::example).toArray());
        return "<h3>%s and %s</h3>\n".formatted(a, b)
                + figures.add(
                        "disagreements-%s-%s".formatted(a, b),
                        new ImageGrid("", images, captions, COLUMNS),
                        Figures.WIDE,
                        "The first line is the run that is right.");
    }

    private static String differences(Comparison comparison) {
        if (comparison.differences().isEmpty()) {
            return Html.section("differences", "Specs", Html.paragraph("All say the same."));
        }
        var header = new ArrayList<String>(List.of("path"));
        for (int i = 0; i < comparison.entries().size(); i++) {
            header.add(CompareTables.letter(i));
        }
        var rows = new ArrayList<List<String>>();
        for (Difference difference : comparison.differences()) {
            var row = new ArrayList<String>(List.of(Html.element("code", "", Html.text(difference.path()))));
            difference.values().forEach(value -> row.add(value.isEmpty() ? "–" : Html.text(value)));
            rows.add(row);
        }
        return Html.section(
                "differences",
                "Where the specs differ",
                rows.size() <= 12
                        ? Html.table(header, rows)
                        : Html.details(rows.size() + " places", Html.table(header, rows)));
    }
}
