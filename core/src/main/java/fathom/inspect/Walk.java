package fathom.inspect;

import fathom.data.Batch;
import fathom.data.Examples;
import fathom.manifold.Matrix;
import fathom.manifold.Pca;
import fathom.model.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sends examples through a network, batch by batch and each of them once, and keeps what was asked for before it began:
 * the answers to all, the activations of some at some places.
 *
 * <p>What is kept is counted against a budget as it is asked for, so too much is refused before the work begins. Besides, a
 * walk holds one batch with its activations, at most about 64 MB.
 */
public final class Walk {
    private static final int LARGEST_BATCH = 250;
    private static final long BATCH_BYTES = 64L << 20;

    private final Predictor predictor;
    private final Network network;
    private final List<String> classes;
    private final long budget;
    private final List<Station> stations = new ArrayList<>();
    private long promised;
    private boolean isClassifier = true;

    private record Station(String tap, Collector collector) {}

    /**
     * A walk that has not begun.
     *
     * @param classes their names
     * @param budget how many bytes of activations may be kept
     */
    public Walk(Predictor predictor, Network network, List<String> classes, long budget) {
        this.predictor = predictor;
        this.network = network;
        this.classes = classes;
        this.budget = budget;
    }

    /** Lets the walk ask for no answers, because the network gives none: it is no classifier. */
    public Walk withoutAnswers() {
        isClassifier = false;
        return this;
    }

    /**
     * Asks for the activations at a tap, whole, of some of the examples.
     *
     * @param examples their indices in the split
     * @return one row an example, in this order, once the walk is done
     * @throws fathom.model.ModelException if there is no such tap
     * @throws InspectException if the budget does not suffice
     */
    public Supplier<Matrix> keep(String tap, int[] examples) {
        int columns = Taps.shape(network, tap).count();
        promise(tap, examples.length, columns);
        return station(tap, new Rows(examples, columns));
    }

    /**
     * Asks for the coordinates of all examples of the walk along principal components of a tap's activations.
     *
     * @param count how many examples the walk will have
     * @return one row an example, in the order of the walk, once it is done
     * @throws InspectException if the budget does not suffice
     */
    public Supplier<Matrix> project(String tap, Pca pca, int count, int threads) {
        promise(tap, count, pca.components());
        return station(tap, new Coordinates(pca, count, threads));
    }

    private Supplier<Matrix> station(String tap, Collector collector) {
        stations.add(new Station(tap, collector));
        return collector::matrix;
    }

    private void promise(String tap, int examples, int columns) {
        long bytes = 4L * examples * columns;
        if (promised + bytes > budget || (long) examples * columns > Integer.MAX_VALUE - 8) {
            throw new InspectException(
                    "activations of %,d examples at \"%s\" (%s) need %,d MB, and %,d of %,d MB are taken: look at fewer examples a class or fewer places, or allow more memory"
                            .formatted(
                                    examples,
                                    tap,
                                    Taps.shape(network, tap),
                                    megabytes(bytes),
                                    megabytes(promised),
                                    megabytes(budget)));
        }
        promised += bytes;
    }

    private static long megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    /**
     * Walks.
     *
     * @param indices which examples, in this order
     */
    public Answers through(Examples examples, int[] indices) {
        var taps = stations.stream()
                .map(Station::tap)
                .distinct()
                .filter(tap -> !Taps.isInput(network, tap))
                .toList();
        int most = batch(taps);
        int[] labels = Sample.labels(examples, indices);
        var logProbabilities = new float[isClassifier ? indices.length * classes.size() : 0];
        for (int from = 0; from < indices.length; from += most) {
            int[] some = Arrays.copyOfRange(indices, from, Math.min(from + most, indices.length));
            Batch batch = examples.batch(some);
            List<float[]> seen = predictor.predict(batch, taps);
            if (isClassifier) {
                float[] logs = seen.getFirst();
                System.arraycopy(logs, 0, logProbabilities, from * classes.size(), logs.length);
            }
            for (Station station : stations) {
                int at = taps.indexOf(station.tap());
                float[] values = at < 0 ? batch.inputs() : seen.get(1 + at);
                station.collector().take(some, Taps.seen(network, station.tap(), batch, values));
            }
        }
        return new Answers(classes, indices, labels, logProbabilities);
    }

    private int batch(List<String> taps) {
        long numbers = network.input().count();
        for (String tap : taps) {
            numbers += network.at(tap).out().count();
        }
        return Math.clamp(BATCH_BYTES / (4 * numbers), 1, LARGEST_BATCH);
    }
}
