package fathom.config;

import fathom.data.Data;
import fathom.model.Layer;
import fathom.model.Model;
import fathom.model.Models;
import fathom.train.Training;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A record with everything the binder knows, and a whole specification made of the house's own records. */
final class Sample {
    private Sample() {}

    enum Colour {
        DARK_BLUE,
        RED
    }

    record All(
            String text,
            int whole,
            long large,
            double real,
            boolean flag,
            Colour colour,
            List<Integer> sizes,
            SequencedMap<String, String> facts,
            Optional<Double> maybe,
            Layer layer) {}

    record Whole(
            String name,
            Data data,
            Model model,
            Training training,
            @Default("1") long seed) {}

    static final String YAML = """
            name: fashion
            data:
              set: fashion-mnist
              size: 32
            model:
              classifier:
                network:
                  chain:
                    - conv: {channels: 6, kernel: 5}
                    - relu
                    - flatten
                    - linear: 10
            training:
              epochs: 5
              batch: 128
              optimizer:
                adam: 0.001
            """;

    static Binder binder() {
        return new Binder()
                .naming(
                        Layer.class,
                        name -> Models.find(name).map(entry -> entry.network().get()),
                        Models.all().stream().map(Models.Entry::name).toList());
    }
}
