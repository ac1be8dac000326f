package fathom.report;

import fathom.chart.Chart;
import fathom.chart.ImageScatter;
import fathom.chart.Look;
import fathom.chart.Theme;
import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.inspect.Answers;
import fathom.inspect.InspectException;
import fathom.inspect.Projection;
import fathom.inspect.Projection.Method;
import fathom.inspect.Sample;
import fathom.inspect.Survey;
import fathom.inspect.Taps;
import fathom.inspect.Walk;
import fathom.manifold.Npy;
import fathom.model.Model;
import fathom.model.Shape;
import fathom.run.Run;
import fathom.run.Trained;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Maps of what passes at places in a run's network, as files. */
public final class Maps {
    private Maps() {}

    /**
     * What to make.
     *
     * @param plan places, examples a class, memory, threads
     * @param methods by which to project
     * @param split of which examples
     * @param withPictures whether there are maps, too, whose points are the pictures
     */
    public record Request(Survey.Plan plan, List<Method> methods, Split split, boolean withPictures) {
        public Request {
            methods = List.copyOf(methods);
        }
    }

    /**
     * One map.
     *
     * @param tap the place
     * @param shape of what passes there
     * @param points how many
     * @param files an SVG chart and the map itself as a .npy table, then charts of pictures
     */
    public record Made(String tap, Shape shape, int points, Method method, Projection projection, List<Path> files) {
        public Made {
            files = List.copyOf(files);
        }
    }

    /**
     * Makes maps.
     *
     * @param folder made if it is not there
     * @throws InspectException if the budget does not suffice, or there is too little to look at
     * @throws fathom.model.ModelException if there is no such tap
     * @throws fathom.run.CheckpointException if the run has no weights
     * @throws fathom.data.DataException if its data is missing or has changed
     */
    public static List<Made> write(Run run, DataPlaces places, Request request, Path folder, Survey.Saying saying)
            throws IOException {
        try (var trained = Trained.open(run)) {
            Survey.Plan plan = request.plan();
            List<String> taps = plan.taps().isEmpty() ? Taps.of(trained.network()) : plan.taps();
            taps.forEach(tap -> Taps.shape(trained.network(), tap)); // explains an unknown one before any work
            Dataset dataset = trained.dataset(places);
            Examples examples = dataset.examples(request.split());
            if (examples.size() < 3) {
                throw new InspectException("the %s split of %s has %d examples: a map needs at least 3"
                        .formatted(request.split().name().toLowerCase(Locale.ROOT), dataset.name(), examples.size()));
            }
            List<String> classes = trained.manifest().classes();
            int[] chosen = Sample.balanced(examples, classes.size(), plan.perClass());
            Optional<Gallery> gallery = request.withPictures()
                    ? Gallery.of(examples, trained.manifest().spec().data().scale())
                    : Optional.empty();
            if (gallery.isPresent() && !gallery.get().holds(chosen.length)) {
                throw new InspectException(
                        "%,d pictures of %s are too many to draw: look at fewer examples a class, or draw no pictures"
                                .formatted(chosen.length, examples.shape()));
            }
            var walk = new Walk(trained::predict, trained.network(), classes, plan.budget());
            if (!(trained.manifest().spec().model() instanceof Model.Classifier)) {
                walk.withoutAnswers();
            }
            var kept = taps.stream().map(tap -> walk.keep(tap, chosen)).toList();
            saying.now("looking at %,d examples".formatted(chosen.length));
            Answers answers = walk.through(examples, chosen);
            Files.createDirectories(folder);
            Npy.writeLabels(folder.resolve("labels.npy"), Sample.labels(examples, chosen));
            var made = new ArrayList<Made>();
            for (int i = 0; i < taps.size(); i++) {
                String tap = taps.get(i);
                for (Method method : request.methods()) {
                    saying.now("mapping %s by %s".formatted(tap, spelled(method)));
                    var map = Projection.of(method, kept.get(i).get(), plan.threads());
                    var files = files(tap, method, map, answers, gallery, folder);
                    Shape shape = Taps.shape(trained.network(), tap);
                    made.add(new Made(tap, shape, chosen.length, method, map, files));
                }
            }
            return made;
        }
    }

    /** A method as people write it. */
    public static String spelled(Method method) {
        return switch (method) {
            case PCA -> "PCA";
            case TSNE -> "t-SNE";
        };
    }

    private static List<Path> files(
            String tap, Method method, Projection map, Answers answers, Optional<Gallery> gallery, Path folder)
            throws IOException {
        String name = method.name().toLowerCase(Locale.ROOT) + "-" + Figures.fileName(tap);
        String title = "%s at %s".formatted(spelled(method), tap.isEmpty() ? "the output" : tap);
        var files = new ArrayList<Path>();
        files.add(draw(folder.resolve(name + ".svg"), MapCharts.scatter(title, map, answers)));
        Path table = folder.resolve(name + ".npy");
        Npy.write(table, map.map());
        files.add(table);
        if (gallery.isPresent()) {
            for (var placing : List.of(ImageScatter.Placing.OVERLAPPING, ImageScatter.Placing.GRID)) {
                var scatter = MapCharts.pictures(title, map, answers, gallery.get(), placing)
                        .withLabels(MapCharts.labels(answers));
                String pictures = name + (placing == ImageScatter.Placing.GRID ? "-pictures-grid" : "-pictures");
                files.add(draw(folder.resolve(pictures + ".svg"), scatter));
                byte[] png = scatter.png(new Look(Theme.LIGHT, Figures.WIDE));
                files.add(Files.write(folder.resolve(pictures + ".png"), png));
            }
        }
        return files;
    }

    private static Path draw(Path file, Chart chart) throws IOException {
        String svg = chart.svg(new Look(Theme.LIGHT, Figures.WIDE));
        return Files.write(file, svg.getBytes(StandardCharsets.UTF_8));
    }
}
