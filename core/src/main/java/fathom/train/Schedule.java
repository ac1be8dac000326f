package fathom.train;

import fathom.config.Default;

/** How the learning rate moves over a training: a factor on the optimiser's rate for each step. */
public sealed interface Schedule {
    /** 1 throughout. */
    record Constant() implements Schedule {}

    /** Multiplied by {@code factor} after every {@code every} epochs. */
    record Step(int every, @Default("0.5") double factor) implements Schedule {
        public Step {
            if (every < 1) {
                throw new IllegalArgumentException("every must be at least 1 epoch, got " + every);
            }
            requireShare("factor", factor);
        }
    }

    /** A linear rise over {@code warmup} epochs, then half a cosine down to {@code floor} (Loshchilov and Hutter 2017). */
    record Cosine(@Default("0") double warmup, @Default("0") double floor) implements Schedule {
        public Cosine {
            requireShare("floor", floor);
            if (!(warmup >= 0 && warmup <= 1e6)) {
                throw new IllegalArgumentException("warmup must be at least 0 epochs, got " + warmup);
            }
        }
    }

    /**
     * One cycle (Smith and Topin 2018): from 1 / {@code start} up to 1 over the share {@code rise} of all steps, then down to
     * 1 / ({@code start} · {@code end}), both along half a cosine.
     */
    record OneCycle(
            @Default("0.3") double rise,
            @Default("25") double start,
            @Default("1e4") double end) implements Schedule {
        public OneCycle {
            requireShare("rise", rise);
            if (!(start >= 1 && end >= 1)) {
                throw new IllegalArgumentException(
                        "start and end must be at least 1, got %s and %s".formatted(start, end));
            }
        }
    }

    /**
     * The factor for one step.
     *
     * @param step counted from 0 over the whole training
     * @param stepsPerEpoch steps of one epoch
     * @param steps steps of the whole training
     */
    default double factor(long step, long stepsPerEpoch, long steps) {
        return switch (this) {
            case Constant _ -> 1;
            case Step(int every, double factor) ->
                StrictMath.pow(factor, (double) Math.floorDiv(step, stepsPerEpoch * every));
            case Cosine(double warmup, double floor) -> {
                double rising = warmup * stepsPerEpoch;
                yield step < rising
                        ? (step + 1) / rising
                        : floor + (1 - floor) * falling((step - rising) / Math.max(1, steps - rising));
            }
            case OneCycle(double rise, double start, double end) -> {
                double peak = rise * steps - 1;
                double low = 1 / start;
                double last = low / end;
                yield step <= peak
                        ? low + (1 - low) * (1 - falling(step / Math.max(1, peak)))
                        : last + (1 - last) * falling((step - peak) / Math.max(1, steps - 1 - peak));
            }
        };
    }

    /** Half a cosine from 1 at 0 to 0 at 1. */
    private static double falling(double share) {
        return (1 + StrictMath.cos(Math.PI * Math.clamp(share, 0, 1))) / 2;
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be in 0 … 1, got %s".formatted(what, value));
        }
    }
}
