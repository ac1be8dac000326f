package fathom.inspect;

import fathom.data.Augmentation;
import fathom.data.Augmenter;
import fathom.data.Batch;
import fathom.data.Data;
import fathom.data.Examples;
import fathom.train.Metrics;
import java.util.Arrays;
import java.util.List;

/**
 * Test-time augmentation: a classifier looks at each picture several times, as it is and changed as in training, and answers
 * by the mean of its probabilities. Erasing is left out: it hides what is to be seen.
 */
public final class Views {
    private static final int BATCH = 500;

    private final Predictor predictor;
    private final Augmenter augmenter;

    /**
     * @param data whose augmentation changes the pictures
     * @throws IllegalArgumentException if it has none besides erasing
     */
    public Views(Predictor predictor, Data data) {
        this.predictor = predictor;
        List<Augmentation> changes = data.augmentation().stream()
                .flatMap(Augmentation::steps)
                .filter(change -> !(change instanceof Augmentation.Erase))
                .toList();
        if (changes.isEmpty()) {
            throw new IllegalArgumentException(
                    "several views need a run that was trained with augmentation (besides erasing): set data.augmentation");
        }
        augmenter = new Augmenter(changes, data.background());
    }

    /**
     * Loss and accuracy of the mean answers.
     *
     * @param examples at least one
     * @param views how many looks at each, the unchanged one among them; at least 1
     * @param seed names the changes
     */
    public Metrics metrics(Examples examples, int views, long seed) {
        double loss = 0;
        int correct = 0;
        for (int first = 0; first < examples.size(); first += BATCH) {
            int from = first;
            int[] indices = new int[Math.min(BATCH, examples.size() - first)];
            Arrays.setAll(indices, i -> from + i);
            double[] mean = probabilities(examples, indices, views, seed);
            int classes = mean.length / indices.length;
            for (int i = 0; i < indices.length; i++) {
                int label = examples.label(indices[i]);
                loss -= Math.log(mean[i * classes + label]);
                correct += top(mean, i * classes, classes) == label ? 1 : 0;
            }
        }
        return Metrics.ofClasses(loss / examples.size(), (double) correct / examples.size());
    }

    private double[] probabilities(Examples examples, int[] indices, int views, long seed) {
        double[] mean = {};
        for (int view = 0; view < views; view++) {
            Batch batch = examples.batch(indices);
            if (view > 0) {
                augmenter.apply(batch, seed, (long) indices[0] * views + view, 0);
            }
            float[] logs = predictor.predict(batch, List.of()).getFirst();
            mean = view == 0 ? new double[logs.length] : mean;
            for (int i = 0; i < logs.length; i++) {
                mean[i] += Math.exp(logs[i]) / views;
            }
        }
        return mean;
    }

    private static int top(double[] numbers, int from, int count) {
        int best = from;
        for (int i = from + 1; i < from + count; i++) {
            best = numbers[i] > numbers[best] ? i : best;
        }
        return best - from;
    }
}
