package fathom.cli;

import fathom.chart.Images;
import fathom.chart.Sheet;
import fathom.data.Batch;
import fathom.data.DataException;
import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Pictures;
import fathom.data.Split;
import fathom.inspect.Codes;
import fathom.inspect.InspectException;
import fathom.inspect.Latent;
import fathom.inspect.Nearest;
import fathom.model.Shape;
import fathom.run.Run;
import fathom.run.Trained;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A trained autoencoder of pictures with its data set, which is opened when it is first needed. */
final class Autoencoder implements AutoCloseable {
    private static final int USUAL_SIDE = 96;

    private final Trained trained;
    private final Latent latent;
    private final DataPlaces places;
    private @Nullable Dataset dataset;

    private Autoencoder(Trained trained, Latent latent, DataPlaces places) {
        this.trained = trained;
        this.latent = latent;
        this.places = places;
    }

    /** @throws InspectException if the run is a classifier, or its examples are no pictures */
    static Autoencoder open(Run run, DataPlaces places) {
        var trained = Trained.open(run);
        try {
            var latent = Latent.open(trained);
            Shape shape = latent.shape();
            if (shape.rank() != 3 || (shape.size(0) != 1 && shape.size(0) != 3)) {
                latent.close();
                throw new InspectException("run %s draws %s, which is no picture".formatted(run.id(), shape));
            }
            return new Autoencoder(trained, latent, places);
        } catch (RuntimeException e) {
            trained.close();
            throw e;
        }
    }

    Latent latent() {
        return latent;
    }

    Trained trained() {
        return trained;
    }

    Dataset dataset() {
        var open = dataset;
        if (open == null) {
            open = trained.dataset(places);
            dataset = open;
        }
        return open;
    }

    /** @throws DataException if there are none */
    Examples examples(Split split) {
        Examples examples = dataset().examples(split);
        if (examples.size() == 0) {
            throw new DataException("the %s split of %s is empty"
                    .formatted(split.name().toLowerCase(Locale.ROOT), dataset().name()));
        }
        return examples;
    }

    /**
     * The network input that an argument names: a number is the index of an example, anything else a file.
     *
     * @throws DataException if there is no such example, or the file cannot be read
     */
    float[] input(String text, Split split) {
        if (text.matches("-?\\d+")) {
            return input(index(text, split), split);
        }
        Shape shape = latent.shape();
        byte[] bytes =
                Pictures.read(Path.of(text), shape, trained.manifest().spec().data(), trained.usualPreparation());
        var scale = trained.manifest().spec().data().scale();
        var inputs = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            inputs[i] = scale.of(Byte.toUnsignedInt(bytes[i]));
        }
        return inputs;
    }

    float[] input(int index, Split split) {
        return examples(split).batch(index).inputs();
    }

    /** The index of an example of a split, found to be in its range. */
    private int index(String text, Split split) {
        int size = examples(split).size();
        String name = split.name().toLowerCase(Locale.ROOT);
        try {
            int index = Integer.parseInt(text);
            if (index >= 0 && index < size) {
                return index;
            }
        } catch (NumberFormatException _) {
            // Too large: said below.
        }
        throw new DataException(
                "there is no example %s: the %s split of %s has examples 0 … %d (a file of that name is ./%s)"
                        .formatted(text, name, dataset().name(), size - 1, text));
    }

    /** The means of the codes of some inputs, one after the other. */
    float[] codes(float[] inputs) {
        int count = inputs.length / latent.shape().count();
        return latent.encode(new Batch(latent.shape(), inputs, new int[count])).means();
    }

    /** The codes of the first examples of a split. */
    Codes firstCodes(Split split, int most) {
        Examples examples = examples(split);
        return latent.encode(
                examples, IntStream.range(0, Math.min(most, examples.size())).toArray());
    }

    /** What is in a picture's place: the class of an example, or the name of a file. */
    String title(String text, Split split) {
        if (!text.matches("-?\\d+")) {
            return String.valueOf(Path.of(text).getFileName());
        }
        int index = index(text, split);
        String name = split.name().toLowerCase(Locale.ROOT) + " " + index;
        return dataset()
                .attributes(split)
                .map(known -> name + ", " + known.title(index))
                .orElseGet(() ->
                        name + ", " + dataset().classes().get(examples(split).label(index)));
    }

    /** Network inputs as pictures. */
    Images images(float[] values) {
        Shape shape = latent.shape();
        var scale = trained.manifest().spec().data().scale();
        return Images.grey(values, shape.size(0), shape.size(1), shape.size(2), scale.of(0), scale.of(255));
    }

    /** The training examples nearest to some pictures. */
    List<Nearest> nearest(float[] pictures) {
        return Nearest.of(examples(Split.TRAIN), pictures);
    }

    /** Training examples as pictures. */
    float[] pictures(List<Nearest> nearest) {
        int[] indices = nearest.stream().mapToInt(Nearest::example).toArray();
        return examples(Split.TRAIN).batch(indices).inputs();
    }

    /** How many times to enlarge a picture so that it is about 96 pixels wide. */
    int scale() {
        return Math.clamp(Math.round((float) USUAL_SIDE / latent.shape().size(2)), 1, 16);
    }

    /** @throws InspectException if so many pictures would make too large a sheet */
    void requireRoom(int pictures) {
        Shape shape = latent.shape();
        long pixels = (long) pictures * shape.size(1) * shape.size(2) * scale() * scale();
        if (pixels > Sheet.MOST_PIXELS) {
            throw new InspectException(
                    "%,d pictures of %d×%d make a sheet of %,d million pixels, and %,d are the most: ask for fewer"
                            .formatted(
                                    pictures,
                                    shape.size(1),
                                    shape.size(2),
                                    pixels / 1_000_000,
                                    Sheet.MOST_PIXELS / 1_000_000));
        }
    }

    /** Some tables of pictures merged row by row: the first of each, the second of each … */
    float[] inTurn(float[]... tables) {
        int count = latent.shape().count();
        int rows = tables[0].length / count;
        var merged =
                new float[Arrays.stream(tables).mapToInt(table -> table.length).sum()];
        for (int row = 0; row < rows; row++) {
            for (int t = 0; t < tables.length; t++) {
                System.arraycopy(tables[t], row * count, merged, (row * tables.length + t) * count, count);
            }
        }
        return merged;
    }

    @Override
    public void close() {
        latent.close();
        trained.close();
    }
}
