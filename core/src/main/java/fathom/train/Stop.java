package fathom.train;

/** When a training ends before its last epoch. */
public sealed interface Stop {
    /** Never. */
    record Never() implements Stop {}

    /** After this many epochs in a row none of which was better than the one that is kept. */
    record Patience(int epochs) implements Stop {
        public Patience {
            if (epochs < 1) {
                throw new IllegalArgumentException("patience must be at least 1 epoch, got " + epochs);
            }
        }
    }
}
