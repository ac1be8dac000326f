package fathom.experiment;

import fathom.run.Spec;
import java.util.List;

/** Report D's two networks under one training, twelve epochs each, so that only the network differs. */
final class FashionLenetVsWide {
    private FashionLenetVsWide() {}

    static Experiment experiment() {
        Spec wide = FashionLenet.spec("fashion-lenet-vs-wide", FashionLenet.WIDE, 12);
        Spec plain = FashionLenet.spec("fashion-lenet-vs-wide", FashionLenet.PLAIN, 12);
        return new Experiment(
                        "Trained alike, how much better are wider 3×3 convolutions with batch norm than LeNet, at what cost?",
                        "84 %",
                        Published.ON_GARMENTS,
                        plain)
                .withVariants(List.of(new Variant("lenet", plain), new Variant("lenet-wide", wide)))
                .withSeeds(0, 1, 2);
    }
}
