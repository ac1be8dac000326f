package fathom.train;

import fathom.data.Batch;
import fathom.engine.DivergedException;
import fathom.engine.Learner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The smallest learner that really learns: one linear layer and softmax, by momentum. For tests of all that is above engines. */
public final class SoftmaxRegression implements Learner {
    private final int classes;
    private float[] weights;
    private float[] momentum;

    public SoftmaxRegression(int inputs, int classes) {
        this.classes = classes;
        this.weights = new float[inputs * classes];
        this.momentum = new float[inputs * classes];
    }

    @Override
    public Score step(Batch batch, long step, double rate) {
        var gradient = new float[weights.length];
        Score score = pass(batch, gradient);
        if (!Double.isFinite(score.loss())) {
            throw new DivergedException(step, "the loss became %s at step %d".formatted(score.loss(), step));
        }
        for (int i = 0; i < weights.length; i++) {
            momentum[i] = 0.9f * momentum[i] + gradient[i];
            weights[i] -= (float) rate * momentum[i];
        }
        return score;
    }

    @Override
    public Score evaluate(Batch batch) {
        return pass(batch, new float[weights.length]);
    }

    private Score pass(Batch batch, float[] gradient) {
        int inputs = weights.length / classes;
        double loss = 0;
        int correct = 0;
        for (int n = 0; n < batch.size(); n++) {
            var scores = new double[classes];
            double sum = 0;
            int best = 0;
            for (int c = 0; c < classes; c++) {
                for (int i = 0; i < inputs; i++) {
                    scores[c] += batch.inputs()[n * inputs + i] * weights[c * inputs + i];
                }
                sum += StrictMath.exp(scores[c]);
                best = scores[c] > scores[best] ? c : best;
            }
            int label = batch.labels()[n];
            loss += StrictMath.log(sum) - scores[label];
            correct += best == label ? 1 : 0;
            for (int c = 0; c < classes; c++) {
                double slope = (StrictMath.exp(scores[c]) / sum - (c == label ? 1 : 0)) / batch.size();
                for (int i = 0; i < inputs; i++) {
                    gradient[c * inputs + i] += (float) (slope * batch.inputs()[n * inputs + i]);
                }
            }
        }
        return Score.ofClasses(loss / batch.size(), correct);
    }

    @Override
    public List<float[]> predict(Batch batch, List<String> taps) {
        throw new UnsupportedOperationException("tests of training do not predict");
    }

    @Override
    public SequencedMap<String, float[]> gradients(Batch batch, long step) {
        throw new UnsupportedOperationException("tests of training do not ask for gradients");
    }

    @Override
    public SequencedMap<String, float[]> weights() {
        return only("weight", weights);
    }

    @Override
    public SequencedMap<String, float[]> optimizerState() {
        return only("weight/momentum", momentum);
    }

    private static SequencedMap<String, float[]> only(String name, float[] values) {
        var map = new LinkedHashMap<String, float[]>();
        map.put(name, values.clone());
        return map;
    }

    @Override
    public void restore(
            SequencedMap<String, float[]> saved, SequencedMap<String, float[]> optimizerState, long stepsDone) {
        weights = saved.firstEntry().getValue().clone();
        momentum = optimizerState.isEmpty()
                ? new float[weights.length]
                : optimizerState.firstEntry().getValue().clone();
    }

    @Override
    public long memory(int examples) {
        return 0;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void close() {}
}
