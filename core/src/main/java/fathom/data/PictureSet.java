package fathom.data;

import fathom.model.Shape;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** A data set of pictures that are held in memory as bytes. */
final class PictureSet implements Dataset {
    private final About about;
    private final Augmenter augmenter;
    private final PictureExamples train;
    private final PictureExamples validation;
    private final PictureExamples test;

    private PictureSet(
            About about, Data data, PictureExamples train, PictureExamples validation, PictureExamples test) {
        if (train.size() == 0) {
            throw new DataException(
                    "%s: no picture is left to train on when %d are held back to validate: lower validation"
                            .formatted(about.name(), validation.size()));
        }
        if (test.size() > 0 && !test.shape().equals(train.shape())) {
            throw new DataException("%s: pictures to train on have the shape %s, pictures to test on %s"
                    .formatted(about.name(), train.shape(), test.shape()));
        }
        this.about = about;
        this.augmenter = new Augmenter(data.augmentation(), data.background());
        this.train = train;
        this.validation = validation;
        this.test = test;
    }

    /**
     * A set whose validation pictures are taken out of the training pictures: the first of a permutation named by the
     * split's seed. What is left, in the order of the permutation, is trained on.
     *
     * @throws DataException if nothing is left to train on
     */
    static PictureSet split(About about, Album training, Album test, Data data) {
        int[] order = Draws.of(data.splitSeed(), "split", 0).permutation(training.size());
        int held = held(training.size(), data);
        int[] kept = limited(Arrays.copyOfRange(order, held, order.length), data);
        return new PictureSet(
                about,
                data,
                new PictureExamples(training, kept, data.scale()),
                new PictureExamples(training, Arrays.copyOf(order, held), data.scale()),
                new PictureExamples(test, all(test), data.scale()));
    }

    /**
     * A set whose three parts stand already.
     *
     * @throws DataException if there is nothing to train on
     */
    static PictureSet of(About about, Album train, Album validation, Album test, Data data) {
        return new PictureSet(
                about,
                data,
                new PictureExamples(train, limited(all(train), data), data.scale()),
                new PictureExamples(validation, all(validation), data.scale()),
                new PictureExamples(test, all(test), data.scale()));
    }

    /**
     * A set whose three parts are taken from one album.
     *
     * @param train which pictures to train on, those to keep first if {@code data} limits them
     * @throws DataException if there is nothing to train on
     */
    static PictureSet of(About about, Album album, int[] train, int[] validation, int[] test, Data data) {
        return new PictureSet(
                about,
                data,
                new PictureExamples(album, limited(train, data), data.scale()),
                new PictureExamples(album, validation, data.scale()),
                new PictureExamples(album, test, data.scale()));
    }

    /** How many of {@code count} training pictures are held back for validation. */
    static int held(int count, Data data) {
        return (int) Math.round(count * data.validation());
    }

    private static int[] all(Album album) {
        return IntStream.range(0, album.size()).toArray();
    }

    private static int[] limited(int[] indices, Data data) {
        boolean limits = data.limitTrain() > 0 && data.limitTrain() < indices.length;
        return limits ? Arrays.copyOf(indices, data.limitTrain()) : indices;
    }

    @Override
    public String name() {
        return about.name();
    }

    @Override
    public Shape shape() {
        return train.shape();
    }

    @Override
    public List<String> classes() {
        return about.classes();
    }

    @Override
    public Examples examples(Split split) {
        return pictures(split);
    }

    @Override
    public Optional<Attributes> attributes(Split split) {
        return pictures(split).attributes();
    }

    private PictureExamples pictures(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    @Override
    public void augment(Batch batch, long seed, long step, double done) {
        augmenter.apply(batch, seed, step, done);
    }

    @Override
    public SequencedMap<String, String> provenance() {
        return about.provenance();
    }
}
