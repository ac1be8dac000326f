package fathom.chart;

import java.util.List;

/** What several charts ask of their input. */
final class Check {
    private Check() {}

    static void points(Numbers xs, Numbers ys, Numbers classes, List<String> names) {
        if (xs.size() != ys.size() || xs.size() != classes.size()) {
            throw new IllegalArgumentException("there are %d x, %d y and %d classes: give one of each for every point"
                    .formatted(xs.size(), ys.size(), classes.size()));
        }
        for (int i = 0; i < classes.size(); i++) {
            int index = (int) classes.get(i);
            if (index != classes.get(i) || index < 0 || index >= names.size()) {
                throw new IllegalArgumentException(
                        "point %d has the class %s, but there are %d names".formatted(i, classes.get(i), names.size()));
            }
        }
    }

    static void captions(String what, List<String> captions, int count) {
        if (!captions.isEmpty() && captions.size() != count) {
            throw new IllegalArgumentException(
                    "there are %d %s for %d: give one each or none".formatted(captions.size(), what, count));
        }
    }
}
