package fathom.engine.vector;

import fathom.engine.Learner.Score;

/** For networks that only run. */
record NoLoss(Value answer) implements Objective {
    static final String REASON = "this network has no loss: it can predict, but neither train nor be tested";

    @Override
    public void forward(Schedule schedule) {}

    @Override
    public void backward(Schedule schedule) {
        throw new IllegalArgumentException(REASON);
    }

    @Override
    public Sums sums(Pass pass) {
        throw new IllegalArgumentException(REASON);
    }

    @Override
    public Score score(Sums sums, int examples) {
        throw new IllegalArgumentException(REASON);
    }
}
