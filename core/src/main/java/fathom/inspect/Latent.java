package fathom.inspect;

import fathom.data.Batch;
import fathom.data.Examples;
import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Engines;
import fathom.engine.Learner;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.random.Noise;
import fathom.run.Trained;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A trained autoencoder as one uses it: examples to codes, codes to examples, ways between codes. Codes are rows of
 * {@link #size} numbers, examples rows of {@link #shape}, one after the other in one array; examples are network inputs, so
 * 0 … 1 with the scale {@code unit}. The same seed gives the same bits.
 */
public final class Latent implements AutoCloseable {
    private static final int BATCH = 250;

    private final Predictor whole;
    private final Model.Vae model;
    private final Shape shape;
    private final Learner decoder;
    private final boolean endsInSigmoid;

    /** How to walk from one code to another. */
    public enum Path {
        /** Straight. */
        LINEAR,
        /** Along the great circle between their directions, the length changing evenly (Shoemake 1985). */
        SPHERICAL
    }

    private Latent(Predictor whole, Model.Vae model, Shape shape, Learner decoder, boolean endsInSigmoid) {
        this.whole = whole;
        this.model = model;
        this.shape = shape;
        this.decoder = decoder;
        this.endsInSigmoid = endsInSigmoid;
    }

    /**
     * Opens the decoder of a run beside the whole network; {@code trained} must stay open.
     *
     * @throws InspectException if the run is no autoencoder
     * @throws fathom.engine.EngineException if no engine can run it here
     */
    public static Latent open(Trained trained) {
        var spec = trained.manifest().spec();
        if (!(spec.model() instanceof Model.Vae model)) {
            throw new InspectException("run %s is a classifier: only an autoencoder (model vae) has latent numbers"
                    .formatted(trained.manifest().id()));
        }
        return of(trained::predict, model, trained.network().input(), trained.weights(), spec.seed(), spec.compute());
    }

    /**
     * The same from parts.
     *
     * @param whole answers as the whole network does
     * @param weights of the whole network
     */
    static Latent of(
            Predictor whole,
            Model.Vae model,
            Shape shape,
            SequencedMap<String, float[]> weights,
            long seed,
            Compute compute) {
        Network decoder = model.decoder(shape);
        boolean endsInSigmoid = decoder.endsIn(Layer.Sigmoid.class);
        // The sigmoid is taken here, so that likelihoods can be had from what it gets.
        Layer plain = endsInSigmoid ? withoutLast(decoder.root()) : decoder.root();
        var network = Network.of(plain, Shape.of(model.latent()));
        Learner learner = Engines.choose(compute)
                .open(new Assignment(network, new Loss.None(), Optimizer.sgd(1), 0, 0, seed, compute));
        String prefix = Model.Vae.DECODER + ".";
        var own = new LinkedHashMap<String, float[]>();
        weights.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), array);
            }
        });
        learner.restore(own, new LinkedHashMap<>(), 0);
        return new Latent(whole, model, shape, learner, endsInSigmoid);
    }

    private static Layer withoutLast(Layer layer) {
        return switch (layer) {
            case Layer.Named(String name, Layer inner) -> new Layer.Named(name, withoutLast(inner));
            case Layer.Chain(List<Layer> layers) -> {
                var kept = layers.toArray(Layer[]::new);
                kept[kept.length - 1] = withoutLast(kept[kept.length - 1]);
                yield Layer.chain(kept);
            }
            default -> Layer.chain();
        };
    }

    /** How many latent numbers stand for an example. */
    public int size() {
        return model.latent();
    }

    /** The shape of an example. */
    public Shape shape() {
        return shape;
    }

    /** What the model was trained by. */
    public Loss.Elbo loss() {
        return model.loss();
    }

    /** What the encoder says of a batch. */
    public Codes encode(Batch batch) {
        var codes = new Codes(size(), new float[batch.size() * size()], new float[batch.size() * size()]);
        encode(batch, codes, 0);
        return codes;
    }

    /** What it says of some examples, in this order. */
    public Codes encode(Examples examples, int... indices) {
        int count = Math.multiplyExact(indices.length, size());
        var codes = new Codes(size(), new float[count], new float[count]);
        for (int from = 0; from < indices.length; from += BATCH) {
            int[] some = Arrays.copyOfRange(indices, from, Math.min(from + BATCH, indices.length));
            encode(examples.batch(some), codes, from);
        }
        return codes;
    }

    private void encode(Batch batch, Codes codes, int first) {
        float[] moments = whole.predict(batch, List.of(Model.Vae.ENCODER)).get(1);
        for (int i = 0; i < batch.size(); i++) {
            int to = (first + i) * size();
            System.arraycopy(moments, 2 * i * size(), codes.means(), to, size());
            System.arraycopy(moments, (2 * i + 1) * size(), codes.logVariances(), to, size());
        }
    }

    /**
     * Examples from codes.
     *
     * @param z count × {@link #size}
     * @return count × numbers of {@link #shape}
     */
    public float[] decode(float[] z) {
        float[] values = logits(z);
        if (endsInSigmoid) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (1 / (1 + Math.exp(-values[i])));
            }
        }
        return values;
    }

    /** What the decoder gives out, before its last sigmoid if it ends in one. */
    float[] logits(float[] z) {
        if (z.length % size() != 0) {
            throw new IllegalArgumentException("codes of %d numbers each, got %d numbers".formatted(size(), z.length));
        }
        int count = z.length / size();
        var values = new float[Math.multiplyExact(count, shape.count())];
        for (int from = 0; from < count; from += BATCH) {
            int to = Math.min(from + BATCH, count);
            var batch =
                    new Batch(Shape.of(size()), Arrays.copyOfRange(z, from * size(), to * size()), new int[to - from]);
            float[] some = decoder.predict(batch, List.of()).getFirst();
            System.arraycopy(some, 0, values, from * shape.count(), some.length);
        }
        return values;
    }

    boolean endsInSigmoid() {
        return endsInSigmoid;
    }

    /**
     * Codes drawn from the standard normal distribution; the first few are the same whatever the count.
     *
     * @param temperature what each number is multiplied by: below 1 for more usual examples
     */
    public float[] codes(int count, long seed, double temperature) {
        var noise = Noise.of(seed, "generate", 0);
        var z = new float[Math.multiplyExact(count, size())];
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) (temperature * noise.at(i));
        }
        return z;
    }

    /** Examples that nobody has seen: {@link #decode} of {@link #codes}. */
    public float[] generate(int count, long seed, double temperature) {
        return decode(codes(count, seed, temperature));
    }

    /**
     * Examples on the way from one code to another, both included.
     *
     * @param from one code
     * @param to another
     * @param steps at least 2
     */
    public float[] interpolate(float[] from, float[] to, int steps, Path path) {
        return decode(between(from, to, steps, path));
    }

    /** The codes on that way. */
    public static float[] between(float[] from, float[] to, int steps, Path path) {
        if (steps < 2) {
            throw new IllegalArgumentException("a way from one code to another has at least 2 steps, got " + steps);
        }
        var z = new float[Math.multiplyExact(steps, from.length)];
        double angle = path == Path.SPHERICAL ? angle(from, to) : 0;
        for (int step = 0; step < steps; step++) {
            double t = step / (steps - 1.0);
            boolean isRound = angle > 1e-6 && angle < Math.PI - 1e-6;
            double a = isRound ? Math.sin((1 - t) * angle) / Math.sin(angle) : 1 - t;
            double b = isRound ? Math.sin(t * angle) / Math.sin(angle) : t;
            for (int j = 0; j < from.length; j++) {
                z[step * from.length + j] = (float) (a * from[j] + b * to[j]);
            }
        }
        return z;
    }

    private static double angle(float[] a, float[] b) {
        double product = 0;
        double squares = 0;
        double others = 0;
        for (int j = 0; j < a.length; j++) {
            product += (double) a[j] * b[j];
            squares += (double) a[j] * a[j];
            others += (double) b[j] * b[j];
        }
        double norms = Math.sqrt(squares * others);
        return norms == 0 ? 0 : Math.acos(Math.clamp(product / norms, -1, 1));
    }

    /**
     * Examples between two random codes p and q: decode(α·p + (1 − α)·q) with α = 1 / (steps + 1), 2 / (steps + 1) …, so with
     * nine steps 0.1 … 0.9.
     */
    public float[] noiseWalk(long seed, int steps) {
        float[] both = codes(2, seed, 1);
        float[] p = Arrays.copyOfRange(both, 0, size());
        float[] q = Arrays.copyOfRange(both, size(), 2 * size());
        float[] ends = between(q, p, steps + 2, Path.LINEAR);
        return decode(Arrays.copyOfRange(ends, size(), (steps + 1) * size()));
    }

    /**
     * How probable the model finds some examples: {@link Likelihood}.
     *
     * @param samples codes drawn for each example, at least 1
     */
    public Likelihood likelihood(Examples examples, int[] indices, int samples, long seed) {
        return Likelihood.of(this, examples, indices, samples, seed);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
