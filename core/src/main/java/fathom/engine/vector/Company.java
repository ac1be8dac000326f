package fathom.engine.vector;

/**
 * Whether a team does better with all its threads or with the caller's alone, found by trying while it works.
 *
 * <p>Where another process keeps a processor busy, a thread that is put aside with a task in its hands holds up all others,
 * and a short step of many tasks takes longer on two threads than on one. So when steps have become slower than they were,
 * and now and then in any case, a few go alone; while that is faster, it stays so, and now and then a few go together. What
 * a step gives does not depend on it.
 */
final class Company {
    /** How long a trial lasts, at least. */
    private static final long WINDOW = 20_000_000;

    /** Steps that take so many times as long as they did at best have become slower. */
    private static final double SLOWER = 1.25;

    /** What is to be faster must be so by more than chance makes it. */
    private static final double FASTER = 0.97;

    /** How many windows pass between trials: at first, after one that changed something, and at most. */
    private static final int SOON = 5;

    private static final int LATER = 25;
    private static final int MOST = 400;

    private State state = State.TOGETHER;
    private long nanos;
    private long examples;
    private int windows;
    private int pause = SOON;
    private double best = Double.POSITIVE_INFINITY;

    /** Nanoseconds an example, together before the last trial, and alone in it. */
    private double together;

    private double alone;

    private enum State {
        TOGETHER,
        TRYING_ALONE,
        TOGETHER_AGAIN,
        ALONE,
        TRYING_TOGETHER
    }

    /** Whether the next step is for the caller's thread alone. */
    boolean isAlone() {
        return state == State.TRYING_ALONE || state == State.ALONE;
    }

    /** To be told of every step. */
    void took(long nanosOfStep, int examplesOfStep) {
        nanos += nanosOfStep;
        examples += examplesOfStep;
        if (nanos >= WINDOW) {
            double each = (double) nanos / examples;
            nanos = 0;
            examples = 0;
            windows++;
            State next = next(each);
            if (next != state) {
                state = next;
                windows = 0;
            }
        }
    }

    /** @param each nanoseconds an example in the window that has just ended */
    private State next(double each) {
        return switch (state) {
            case TOGETHER -> {
                boolean isSlower = each > SLOWER * best && windows >= SOON;
                best = Math.min(best, each);
                together = each;
                yield isSlower || windows >= pause ? State.TRYING_ALONE : State.TOGETHER;
            }
            case TRYING_ALONE -> {
                alone = each;
                yield alone < FASTER * together ? State.TOGETHER_AGAIN : kept(together);
            }
            // While a program is being compiled all that comes later is faster: alone must be so on both sides.
            case TOGETHER_AGAIN -> {
                if (alone > FASTER * each) {
                    yield kept(each);
                }
                pause = LATER;
                yield State.ALONE;
            }
            case ALONE -> {
                alone = each;
                yield windows >= LATER ? State.TRYING_TOGETHER : State.ALONE;
            }
            case TRYING_TOGETHER -> {
                best = each;
                yield each < FASTER * alone ? State.TOGETHER : State.ALONE;
            }
        };
    }

    /** Alone is no better, so the next trial may wait longer. */
    private State kept(double each) {
        best = each;
        pause = Math.min(MOST, 2 * pause);
        return State.TOGETHER;
    }
}
