package fathom.inspect;

import fathom.data.DataException;
import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.manifold.Matrix;
import fathom.manifold.Pca;
import fathom.manifold.Tsne;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.run.Trained;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that a report shows of a trained network. Every example of the split passes through the network once.
 *
 * @param split which part of the data was looked at: the test examples, or those held back to validate if there are none
 * @param answers to all of its examples
 * @param sample answers to those that are on the maps of {@code views}, in the order of their points
 * @param views one a tap, in the order of the taps
 * @param whole all examples of the split on one map; empty if there are no more than in the sample
 * @param filters of the first layer
 * @param closeUps of a few pictures: the surest mistakes, then right answers
 */
public record Survey(
        Split split,
        Answers answers,
        Answers sample,
        List<View> views,
        Optional<Whole> whole,
        Optional<Planes> filters,
        List<CloseUp> closeUps) {
    private static final int MISTAKES_CLOSE_UP = 2;
    private static final int RIGHT_CLOSE_UP = 2;
    private static final int MOST_ON_WHOLE_MAP = 20_000;

    /**
     * What to look at.
     *
     * @param taps empty for those of {@link Taps#of}
     * @param perClass how many examples of each class are on the maps
     * @param probePerClass how many training examples of each class a probe learns on; fewer if these do not fit the budget
     * @param budget how many bytes of activations may be held at a time
     * @param threads of the maps
     */
    public record Plan(List<String> taps, int perClass, int probePerClass, long budget, int threads) {
        public Plan {
            taps = List.copyOf(taps);
        }

        /** 50 of each class on the maps, as in report F; probes of 100; 512 MB. */
        public static Plan usual() {
            return new Plan(List.of(), 50, 100, 512L << 20, Runtime.getRuntime().availableProcessors());
        }

        public Plan withTaps(List<String> taps) {
            return new Plan(taps, perClass, probePerClass, budget, threads);
        }

        public Plan withPerClass(int perClass) {
            return new Plan(taps, perClass, probePerClass, budget, threads);
        }

        public Plan withThreads(int threads) {
            return new Plan(taps, perClass, probePerClass, budget, threads);
        }

        public Plan withBudget(long budget) {
            return new Plan(taps, perClass, probePerClass, budget, threads);
        }
    }

    /** One tap: what passes there, on two maps, and how well a linear classifier tells it apart. */
    public record View(
            String tap, String title, Shape shape, Projection principal, Projection neighborly, LinearProbe probe) {}

    /**
     * All examples on a t-SNE map of one tap.
     *
     * @param components how many principal components the map is made from, and measured against
     */
    public record Whole(String tap, int components, Projection map) {}

    /**
     * One picture.
     *
     * @param example its index in the split
     * @param maps what it becomes at the taps that hold pictures
     */
    public record CloseUp(int example, List<Planes> maps, Occlusion occlusion) {}

    /**
     * Looks at a trained network.
     *
     * @param saying is told what is being done
     * @throws InspectException if the budget does not suffice
     * @throws DataException if there are too few examples
     * @throws IllegalArgumentException if something in the network is not a finite number
     * @throws fathom.model.ModelException if there is no such tap
     */
    public static Survey of(Trained trained, Dataset dataset, Plan plan, Saying saying) {
        var taps = plan.taps().isEmpty() ? Taps.of(trained.network()) : plan.taps();
        taps.forEach(tap -> Taps.shape(trained.network(), tap)); // explains an unknown one before any work
        return new Surveyor(trained, dataset, plan, taps, saying).survey();
    }

    /** Hears what is being done. */
    @FunctionalInterface
    public interface Saying {
        void now(String what);
    }

    /** The work, with what all of its parts need. */
    private record Surveyor(Trained trained, Dataset dataset, Plan plan, List<String> taps, Saying saying) {

        private Survey survey() {
            Split split = dataset.examples(Split.TEST).size() > 0 ? Split.TEST : Split.VALIDATION;
            Examples examples = dataset.examples(split);
            int classes = classes().size();
            int[] chosen = Sample.balanced(examples, classes, plan.perClass());
            requireEnough(split, chosen.length, 3);
            Walk walk = walk();
            var kept = taps.stream().map(tap -> walk.keep(tap, chosen)).toList(); // refused here if it is too much
            saying.now("learning probes");
            var learned = new Learned(taps.size());
            learn(learned);
            saying.now("looking at %,d examples".formatted(examples.size()));
            var projected = new ArrayList<Supplier<Matrix>>();
            for (int i = 0; i < taps.size(); i++) {
                projected.add(walk.project(taps.get(i), learned.components.get(i), examples.size(), plan.threads()));
            }
            String features = Taps.features(taps);
            boolean hasMore = examples.size() > chosen.length && examples.size() <= MOST_ON_WHOLE_MAP;
            Optional<Supplier<Matrix>> all =
                    hasMore ? Optional.of(projected.get(taps.indexOf(features))) : Optional.empty();
            Answers answers = walk.through(examples, Sample.all(examples));

            var views = new ArrayList<View>();
            for (int i = 0; i < taps.size(); i++) {
                saying.now("mapping " + taps.get(i));
                LinearProbe probe = LinearProbe.of(
                        learned.coordinates.get(i),
                        learned.labels,
                        projected.get(i).get(),
                        labels(answers),
                        classes);
                views.add(view(taps.get(i), kept.get(i).get(), probe));
            }
            var whole = all.map(points -> {
                saying.now("mapping all %,d examples".formatted(examples.size()));
                Matrix coordinates = points.get();
                return new Whole(features, coordinates.columns(), Projection.neighborly(coordinates, tsne()));
            });
            saying.now("looking closely");
            return new Survey(
                    split,
                    answers,
                    answers.of(chosen),
                    views,
                    whole,
                    Planes.filters(trained.network(), trained.weights()),
                    closeUps(examples, answers));
        }

        private void requireEnough(Split split, int examples, int least) {
            if (examples < least) {
                throw new DataException("%s has %d examples to %s: at least %d are needed"
                        .formatted(dataset.name(), examples, split == Split.TRAIN ? "train on" : "test on", least));
            }
        }

        /** What probes need of the training examples; their activations are let go of. */
        private void learn(Learned learned) {
            Examples training = dataset.examples(Split.TRAIN);
            int[] chosen = Sample.balanced(training, classes().size(), probePerClass());
            requireEnough(Split.TRAIN, chosen.length, 2);
            Walk walk = walk();
            var activations = taps.stream().map(tap -> walk.keep(tap, chosen)).toList();
            walk.through(training, chosen);
            learned.labels = Sample.labels(training, chosen);
            for (Supplier<Matrix> at : activations) {
                Pca components = LinearProbe.components(at.get(), plan.threads());
                learned.components.add(components);
                learned.coordinates.add(components.transform(at.get(), plan.threads()));
            }
        }

        /** As planned, or as many as fit the budget. */
        private int probePerClass() {
            long columns = taps.stream()
                    .mapToLong(tap -> Taps.shape(trained.network(), tap).count())
                    .sum();
            return Math.clamp(plan.budget() / (4 * columns * classes().size()), 1, plan.probePerClass());
        }

        private View view(String tap, Matrix points, LinearProbe probe) {
            return new View(
                    tap,
                    Taps.title(trained.network(), tap),
                    Taps.shape(trained.network(), tap),
                    Projection.principal(points, plan.threads()),
                    Projection.neighborly(points, tsne()),
                    probe);
        }

        private List<CloseUp> closeUps(Examples examples, Answers answers) {
            Network network = trained.network();
            var closeUps = new ArrayList<CloseUp>();
            if (network.input().rank() != 3) {
                return closeUps;
            }
            var chosen = new ArrayList<Integer>();
            answers.mistakes(MISTAKES_CLOSE_UP).forEach(mistake -> chosen.add(mistake.example()));
            for (int i = 0; i < answers.size() && chosen.size() < MISTAKES_CLOSE_UP + RIGHT_CLOSE_UP; i++) {
                if (answers.isRight(i)) {
                    chosen.add(answers.example(i));
                }
            }
            float empty = trained.manifest().spec().data().background();
            for (int example : chosen) {
                var batch = examples.batch(example);
                var maps = taps.stream()
                        .filter(tap -> Taps.shape(network, tap).rank() == 3)
                        .map(tap -> Planes.of(trained::predict, network, batch, tap))
                        .toList();
                var occlusion = Occlusion.of(trained::predict, batch.inputs(), batch.shape(), empty);
                closeUps.add(new CloseUp(example, maps, occlusion));
            }
            return closeUps;
        }

        /** As the run names them. */
        private List<String> classes() {
            return trained.manifest().classes();
        }

        private Walk walk() {
            return new Walk(trained::predict, trained.network(), classes(), plan.budget());
        }

        private Tsne tsne() {
            return Tsne.DEFAULT.withThreads(plan.threads());
        }

        private static int[] labels(Answers answers) {
            var labels = new int[answers.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = answers.label(i);
            }
            return labels;
        }
    }

    /** What the training examples taught, a tap at a time. */
    private static final class Learned {
        private final List<Pca> components;
        private final List<Matrix> coordinates;
        private int[] labels = new int[0];

        Learned(int taps) {
            components = new ArrayList<>(taps);
            coordinates = new ArrayList<>(taps);
        }
    }
}
