package fathom.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** How long an experiment will still take, when so many runs are trained at a time. */
record Pace(int jobs) {

    /** Time left in words; empty while nothing has been measured, or nothing is left. */
    Optional<String> left(Collection<RunProgress> runs) {
        var byVariant = new HashMap<String, List<Double>>();
        var all = new ArrayList<Double>();
        for (RunProgress run : runs) {
            if (run.secondsPerEpoch() > 0) {
                byVariant.computeIfAbsent(variant(run), _ -> new ArrayList<>()).add(run.secondsPerEpoch());
                all.add(run.secondsPerEpoch());
            }
        }
        double sum = 0;
        double longest = 0;
        for (RunProgress run : runs) {
            if (!run.isOver() && !all.isEmpty()) {
                double perEpoch = run.secondsPerEpoch() > 0
                        ? run.secondsPerEpoch()
                        : mean(byVariant.getOrDefault(variant(run), all));
                sum += run.secondsLeft(perEpoch);
                longest = Math.max(longest, run.secondsLeft(perEpoch));
            }
        }
        double left = Math.max(longest, sum / jobs);
        return left > 0 ? Optional.of(clock(left)) : Optional.empty();
    }

    private static String variant(RunProgress run) {
        return run.standing().cell().variant().name();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    /** 1:05, or 2:03:04 with hours. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? "%d:%02d".formatted(whole / 60, whole % 60)
                : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
    }
}
