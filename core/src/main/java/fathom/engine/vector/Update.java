package fathom.engine.vector;

import fathom.engine.Optimizer;
import java.util.List;

/** Moves the weights along their gradients: one walk over all arrays, each number read and written once. */
final class Update {
    private static final int NUMBERS_A_TASK = 16_384;

    private final Optimizer optimizer;
    private final Parameters parameters;
    private long steps;

    Update(Optimizer optimizer, Parameters parameters) {
        this.optimizer = optimizer;
        this.parameters = parameters;
    }

    /** The names of an optimiser's arrays. */
    static List<String> kinds(Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.Sgd sgd -> sgd.momentum() > 0 ? List.of("momentum") : List.of();
            case Optimizer.Adam _, Optimizer.AdamW _ -> List.of("mean", "square");
        };
    }

    /** Takes up after this many steps. */
    void setSteps(long steps) {
        this.steps = steps;
    }

    /** The norm of all gradients together, summed in double precision. */
    double gradientNorm(float[] m, Team team) {
        var sums = new double[tasks()];
        team.run(sums.length, (task, _) -> {
            double sum = 0;
            int from = parameters.begin() + parameters.gradientShift() + task * NUMBERS_A_TASK;
            for (int i = from; i < from + length(task); i++) {
                sum += (double) m[i] * m[i];
            }
            sums[task] = sum;
        });
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return Math.sqrt(total);
    }

    private int tasks() {
        return Math.ceilDiv(parameters.blockLength(), NUMBERS_A_TASK);
    }

    private int length(int task) {
        return Math.min(NUMBERS_A_TASK, parameters.blockLength() - task * NUMBERS_A_TASK);
    }

    /**
     * One step.
     *
     * @param scale what each gradient is multiplied by first
     */
    void apply(float[] m, Team team, double rate, double scale) {
        steps++;
        team.run(tasks(), (task, _) -> {
            int w = parameters.begin() + task * NUMBERS_A_TASK;
            int count = length(task);
            if (scale != 1) {
                int gradients = w + parameters.gradientShift();
                Loops.mix(m, gradients, gradients, count, (float) scale, 0);
            }
            move(m, w, count, rate);
        });
    }

    private void move(float[] m, int w, int count, double rate) {
        int g = w + parameters.gradientShift();
        int first = w + parameters.stateShift(0);
        int second = w + parameters.stateShift(1);
        switch (optimizer) {
            case Optimizer.Sgd(var _, double momentum, boolean isNesterov, double decay) -> {
                if (momentum == 0) {
                    descend(m, w, g, count, (float) rate, (float) decay);
                } else {
                    descend(m, w, g, first, count, (float) rate, (float) decay, (float) momentum, isNesterov);
                }
            }
            case Optimizer.Adam(var _, double beta1, double beta2, double epsilon, double decay) -> {
                var moments = new Moments(beta1, beta2, epsilon, steps);
                adam(m, w, g, first, second, count, (float) moments.rate(rate), (float) decay, 1, moments);
            }
            case Optimizer.AdamW(var _, double beta1, double beta2, double epsilon, double decay) -> {
                var moments = new Moments(beta1, beta2, epsilon, steps);
                float kept = (float) (1 - rate * decay);
                adam(m, w, g, first, second, count, (float) moments.rate(rate), 0, kept, moments);
            }
        }
    }

    private static void descend(float[] m, int w, int g, int count, float rate, float decay) {
        for (int i = 0; i < count; i++) {
            m[w + i] -= rate * (m[g + i] + decay * m[w + i]);
        }
    }

    private static void descend(
            float[] m, int w, int g, int v, int count, float rate, float decay, float momentum, boolean isNesterov) {
        float ownShare = isNesterov ? 1 : 0;
        float momentumShare = isNesterov ? momentum : 1;
        for (int i = 0; i < count; i++) {
            float gradient = m[g + i] + decay * m[w + i];
            float velocity = momentum * m[v + i] + gradient;
            m[v + i] = velocity;
            m[w + i] -= rate * (ownShare * gradient + momentumShare * velocity);
        }
    }

    /** The numbers of one Adam step (Kingma and Ba 2015, algorithm 1). */
    private record Moments(double beta1, double beta2, double epsilon, long steps) {
        /** The rate over the bias correction of the mean. */
        double rate(double rate) {
            return rate / (1 - Math.pow(beta1, steps));
        }

        /** What the root of the mean square is multiplied by. */
        double rootScale() {
            return 1 / Math.sqrt(1 - Math.pow(beta2, steps));
        }
    }

    /** @param kept what weights are multiplied by first, for decay that is not part of the gradient */
    private static void adam(
            float[] m, int w, int g, int mean, int square, int count, float rate, float decay, float kept, Moments k) {
        float newMean = (float) (1 - k.beta1());
        float newSquare = (float) (1 - k.beta2());
        float rootScale = (float) k.rootScale();
        float epsilon = (float) k.epsilon();
        for (int i = 0; i < count; i++) {
            float weight = m[w + i];
            float gradient = m[g + i] + decay * weight;
            float first = m[mean + i] + newMean * (gradient - m[mean + i]);
            float second = m[square + i] + newSquare * (gradient * gradient - m[square + i]);
            m[mean + i] = first;
            m[square + i] = second;
            m[w + i] = kept * weight - rate * first / ((float) Math.sqrt(second) * rootScale + epsilon);
        }
    }
}
