package fathom.inspect;

import fathom.data.DataException;
import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.manifold.Matrix;
import fathom.manifold.Tsne;
import fathom.run.Trained;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a report shows of a trained autoencoder. Examples are rows of network inputs.
 *
 * @param split which part of the data was looked at
 * @param originals indices of some of its examples
 * @param reconstructions of these
 * @param samples decoded from random codes: {@link Latent#generate} with seed 0
 * @param way from the first of {@code originals} to the second, {@link #STEPS} steps
 * @param noiseWalk between two random codes: {@link Latent#noiseWalk} with seed 0
 * @param mapped the examples that are on the map, with their labels
 * @param map of their codes' means
 */
public record Imagined(
        Split split,
        List<Integer> originals,
        Matrix reconstructions,
        Matrix samples,
        Matrix way,
        Matrix noiseWalk,
        Answers mapped,
        Projection map) {
    /** How many steps lead from one example to another. */
    public static final int STEPS = 10;

    private static final int ORIGINALS = 32;
    private static final int SAMPLES = 64;
    private static final int NOISE_STEPS = 9;

    public Imagined {
        originals = List.copyOf(originals);
    }

    /**
     * Looks at a trained autoencoder.
     *
     * @param plan how many examples of each class are on the map, and with how many threads it is made
     * @throws DataException if there are too few examples
     * @throws fathom.model.ModelException if there is no tap that the plan names
     */
    public static Imagined of(Trained trained, Dataset dataset, Survey.Plan plan, Survey.Saying saying) {
        plan.taps().forEach(tap -> Taps.shape(trained.network(), tap));
        Split split = dataset.examples(Split.TEST).size() > 0 ? Split.TEST : Split.VALIDATION;
        Examples examples = dataset.examples(split);
        if (examples.size() < 3) {
            throw new DataException(
                    "%s has %d examples to test on: at least 3 are needed".formatted(dataset.name(), examples.size()));
        }
        List<String> classes = trained.manifest().classes();
        int[] chosen = Sample.balanced(examples, classes.size(), plan.perClass());
        try (var latent = Latent.open(trained)) {
            saying.now("drawing examples");
            List<Integer> originals = originals(examples, classes.size());
            int[] some = originals.stream().mapToInt(Integer::intValue).toArray();
            Codes codes = latent.encode(examples, some);
            saying.now("mapping %,d codes".formatted(chosen.length));
            Codes all = latent.encode(examples, chosen);
            var points = Matrix.of(all.count(), all.size(), all.means());
            return new Imagined(
                    split,
                    originals,
                    rows(latent, latent.decode(codes.means())),
                    rows(latent, latent.generate(SAMPLES, 0, 1)),
                    rows(latent, latent.interpolate(codes.mean(0), codes.mean(1), STEPS, Latent.Path.LINEAR)),
                    rows(latent, latent.noiseWalk(0, NOISE_STEPS)),
                    Answers.none(classes, chosen, Sample.labels(examples, chosen)),
                    Projection.neighborly(points, Tsne.DEFAULT.withThreads(plan.threads())));
        }
    }

    /** The first examples of each class in turn, so that the first two differ in class where there are two. */
    private static List<Integer> originals(Examples examples, int classes) {
        var queues = new ArrayList<List<Integer>>();
        for (int c = 0; c < classes; c++) {
            queues.add(new ArrayList<>());
        }
        for (int i = 0; i < examples.size(); i++) {
            queues.get(examples.label(i)).add(i);
        }
        var chosen = new ArrayList<Integer>();
        int most = Math.min(ORIGINALS, examples.size());
        for (int round = 0; chosen.size() < most; round++) {
            for (List<Integer> queue : queues) {
                if (round < queue.size() && chosen.size() < most) {
                    chosen.add(queue.get(round));
                }
            }
        }
        return chosen;
    }

    private static Matrix rows(Latent latent, float[] values) {
        int columns = latent.shape().count();
        return Matrix.of(values.length / columns, columns, values);
    }
}
