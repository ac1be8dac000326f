package fathom.experiment;

import fathom.config.Json;
import fathom.config.Place;
import fathom.engine.Compute;
import fathom.run.Spec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** One run of an experiment: a variant with a seed. */
public record Cell(Variant variant, long seed) {
    private static final String ANY_ENGINE = "auto";
    private static final int LONGEST_NAME = 40;
    private static final int KEY_DIGITS = 16;

    /** What is to be trained. */
    public Spec spec() {
        return variant.spec().withSeed(seed);
    }

    /** For people: {@code weightDecay 1e-3, seed 0}. */
    public String title() {
        return variant.name() + ", seed " + seed;
    }

    /**
     * Whether a run with this spec is this cell's: everything says the same but what changes no result, which are threads
     * and checkpoints within an epoch, and the engine if this cell leaves it open.
     */
    boolean isOf(Spec trained) {
        String engine = variant.spec().compute().engine();
        boolean sameEngine =
                engine.equals(ANY_ENGINE) || engine.equals(trained.compute().engine());
        return sameEngine && meant(spec()).equals(meant(trained));
    }

    /** The name of the folder by which processes agree on who trains this: the same for all specs of {@link #isOf}. */
    String folder() {
        String name = variant.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        String start = name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceAll("^[.-]+", "");
        return start + "-seed-" + seed + "-" + key();
    }

    private String key() {
        String text = Json.of(Spec.binder().writeFully(meant(spec()), Spec.class, Place.DEFAULT));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A spec without what changes no result. */
    private static Spec meant(Spec spec) {
        Compute compute = spec.compute();
        return spec.withCompute(new Compute(ANY_ENGINE, compute.device(), compute.precision(), 0))
                .withTraining(spec.training().withCheckpointEvery(0));
    }
}
