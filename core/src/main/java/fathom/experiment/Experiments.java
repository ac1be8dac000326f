package fathom.experiment;

import java.util.List;
import java.util.Optional;

/** The built-in experiments. */
public final class Experiments {
    private static final List<Experiment> ALL = List.of(
            ToyDigitsCnn.experiment(),
            MnistCnn.experiment(),
            MnistMlp.experiment(),
            MnistWeightDecay.experiment(),
            MnistLenetSmall.experiment(),
            FashionLenet.plain(),
            FashionLenet.wide(),
            FashionLenetVsWide.experiment(),
            FashionDeep.experiment(),
            FashionVae.dense(),
            FashionVae.convolutional(),
            FacesVae.photographs(),
            FacesVae.drawn(),
            MnistBest.experiment(),
            MnistBest.parts(),
            FashionBest.experiment(),
            FashionBest.parts(),
            ToyReviewsLstm.experiment(),
            Sst2Lstm.stacked(),
            Sst2Lstm.bothDirections(),
            Sst2Lstm.ofTwo(),
            Sst2Lstm.decaying(),
            Sst2Depth.experiment(),
            Sst2Best.experiment());

    private Experiments() {}

    public static List<Experiment> all() {
        return ALL;
    }

    public static Optional<Experiment> find(String name) {
        return ALL.stream().filter(experiment -> experiment.name().equals(name)).findFirst();
    }
}
