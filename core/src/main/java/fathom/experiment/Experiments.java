package fathom.experiment;

import java.util.List;
import java.util.Optional;

/** The built-in experiments. */
public final class Experiments {
    private static final List<Experiment> ALL = List.of(
            ToyDigitsCnn.experiment(),
            MnistCnn.experiment(),
            MnistMlp.experiment(),
            MnistLenetSmall.experiment(),
            FashionLenet.plain(),
            FashionLenet.wide(),
            FashionDeep.experiment());

    private Experiments() {}

    public static List<Experiment> all() {
        return ALL;
    }

    public static Optional<Experiment> find(String name) {
        return ALL.stream().filter(experiment -> experiment.name().equals(name)).findFirst();
    }
}
