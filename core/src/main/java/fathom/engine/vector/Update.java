package fathom.engine.vector;

import fathom.engine.Assignment;
import fathom.engine.Averages;
import fathom.engine.Optimizer;
import java.util.List;

/** Moves the weights along their gradients: one walk over all arrays, each number read and written once. */
final class Update {
    private static final int NUMBERS_A_TASK = 16_384;

    private final Optimizer optimizer;
    private final double averaging;
    private final Parameters parameters;
    private final Stretches stretches;
    private final Shares shares;
    private long steps;

    Update(Assignment assignment, Parameters parameters, Stretches stretches) {
        this.stretches = stretches;
        optimizer = assignment.optimizer();
        averaging = assignment.averaging();
        this.parameters = parameters;
        shares = Shares.of(parameters.blockLength(), NUMBERS_A_TASK, Layout.LINE);
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
        var sums = new double[shares.count()];
        team.run(sums.length, (task, _) -> {
            double sum = 0;
            int from = parameters.begin() + parameters.gradientShift() + shares.first(task);
            for (int i = from; i < from + shares.lengthOf(task); i++) {
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

    /**
     * One step.
     *
     * @param scale what each gradient is multiplied by first
     */
    void apply(float[] m, Team team, double rate, double scale) {
        steps++;
        team.run(shares.count(), (task, _) -> {
            int w = parameters.begin() + shares.first(task);
            int count = shares.lengthOf(task);
            if (scale != 1) {
                int gradients = w + parameters.gradientShift();
                stretches.combine(m, gradients, gradients, count, (float) scale, 0, 0);
            }
            move(m, w, count, rate);
        });
    }

    /** Moves the running averages towards the arrays; after {@link #apply} and the layers' own averages. */
    void average(float[] m, Team team) {
        if (averaging == 0) {
            return;
        }
        float kept = (float) Averages.kept(averaging, steps);
        team.run(shares.count(), (task, _) -> {
            int w = parameters.begin() + shares.first(task);
            stretches.combine(m, w + parameters.averageShift(), w, shares.lengthOf(task), kept, 1 - kept, 0);
        });
        int from = parameters.averages();
        for (int i = from; i < from + parameters.averagesLength(); i++) {
            int average = i + parameters.averagesLength();
            m[average] = kept * m[average] + (1 - kept) * m[i];
        }
    }

    private void move(float[] m, int w, int count, double rate) {
        int g = w + parameters.gradientShift();
        int first = w + parameters.stateShift(0);
        int second = w + parameters.stateShift(1);
        switch (optimizer) {
            case Optimizer.Sgd(var _, double momentum, boolean isNesterov, double decay) -> {
                boolean usesOwn = isNesterov || momentum == 0;
                var descent =
                        new Stretches.Descent((float) rate, (float) decay, (float) momentum, usesOwn ? 1 : 0, (float)
                                (isNesterov ? momentum : 1));
                stretches.descend(m, w, g, first, count, descent);
            }
            case Optimizer.Adam(var _, double beta1, double beta2, double epsilon, double decay) ->
                stretches.adam(m, w, g, first, second, count, adam(rate, decay, 1, beta1, beta2, epsilon));
            case Optimizer.AdamW(var _, double beta1, double beta2, double epsilon, double decay) ->
                stretches.adam(m, w, g, first, second, count, adam(rate, 0, 1 - rate * decay, beta1, beta2, epsilon));
        }
    }

    private Stretches.AdamStep adam(
            double rate, double decay, double kept, double beta1, double beta2, double epsilon) {
        return new Stretches.AdamStep(
                (float) (rate / (1 - Math.pow(beta1, (double) steps))),
                (float) decay,
                (float) kept,
                (float) (1 - beta1),
                (float) (1 - beta2),
                (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) steps))),
                (float) epsilon);
    }
}
