package fathom.data;

import fathom.random.Draws;
import java.util.List;

/**
 * Changes the pictures of a training batch at random, in place. The random numbers of a picture are named by the seed,
 * the step and its place in the batch, so they depend neither on threads nor on where a training was resumed.
 */
public final class Augmenter {
    /** The range of a rectangle's height over its width (Zhong et al. 2020). */
    private static final double NARROWEST = 0.3;

    private static final int TRIES = 10;

    private final List<Augmentation> changes;
    private final float background;

    /**
     * @param changes applied to each picture in this order
     * @param background the number of an empty pixel
     */
    public Augmenter(List<Augmentation> changes, float background) {
        this.changes = List.copyOf(changes);
        this.background = background;
    }

    /**
     * Changes every picture of the batch.
     *
     * @param batch of pictures: channels × height × width
     * @param step counted over the whole training
     * @param done how much of the training lies behind, from 0 to below 1: early changes ask
     * @throws IllegalArgumentException if there is something to change and the examples are no pictures
     */
    public void apply(Batch batch, long seed, long step, double done) {
        if (changes.isEmpty()) {
            return;
        }
        if (batch.shape().rank() != 3) {
            throw new IllegalArgumentException(
                    "only pictures (channels × height × width) can be augmented, got shape " + batch.shape());
        }
        var canvas = new Canvas(batch.inputs(), batch.shape(), background);
        long key = Draws.key(seed, "augment", step);
        for (int i = 0; i < batch.size(); i++) {
            canvas.moveTo(i);
            var draws = Draws.of(key, "picture", i);
            apply(changes, canvas, draws, done);
        }
    }

    private static void apply(List<Augmentation> changes, Canvas canvas, Draws draws, double done) {
        for (Augmentation change : changes) {
            apply(change, canvas, draws, done);
        }
    }

    private static void apply(Augmentation change, Canvas canvas, Draws draws, double done) {
        switch (change) {
            case Augmentation.Shift(int pixels) ->
                canvas.shift(draws.nextInt(2 * pixels + 1) - pixels, draws.nextInt(2 * pixels + 1) - pixels);
            case Augmentation.Flip _ -> {
                if (draws.nextDouble() < 0.5) {
                    canvas.flip();
                }
            }
            case Augmentation.Rotate(double degrees) ->
                canvas.rotate(StrictMath.toRadians(draws.nextDouble(-degrees, degrees)));
            case Augmentation.Affine affine -> affine(affine, canvas, draws);
            case Augmentation.Erase erase -> erase(erase, canvas, draws);
            case Augmentation.Early(double until, List<Augmentation> early) -> {
                if (done < until) {
                    apply(early, canvas, draws, done);
                }
            }
        }
    }

    private static void affine(Augmentation.Affine affine, Canvas canvas, Draws draws) {
        double angle = StrictMath.toRadians(signed(affine.degrees(), draws));
        double zoom = 1 + signed(affine.zoom(), draws);
        double shear = signed(affine.shear(), draws);
        double right = signed(affine.pixels(), draws);
        double down = signed(affine.pixels(), draws);
        canvas.map(new Canvas.Map(angle, zoom, shear, right, down));
    }

    /** Between −most and most. */
    private static double signed(double most, Draws draws) {
        return most * (2 * draws.nextDouble() - 1);
    }

    /** Draws rectangles until one fits, as the paper does; its aspect is log-uniform so that lying and standing are alike. */
    private static void erase(Augmentation.Erase erase, Canvas canvas, Draws draws) {
        if (draws.nextDouble() >= erase.probability()) {
            return;
        }
        double area = (double) canvas.height() * canvas.width();
        double widest = -StrictMath.log(NARROWEST);
        for (int i = 0; i < TRIES; i++) {
            double share = area * draws.nextDouble(erase.smallest(), erase.largest());
            double aspect = StrictMath.exp(draws.nextDouble(-widest, widest));
            int height = (int) Math.round(Math.sqrt(share * aspect));
            int width = (int) Math.round(Math.sqrt(share / aspect));
            if (height > 0 && width > 0 && height <= canvas.height() && width <= canvas.width()) {
                int top = draws.nextInt(canvas.height() - height + 1);
                int left = draws.nextInt(canvas.width() - width + 1);
                canvas.erase(top, left, height, width);
                return;
            }
        }
    }
}
