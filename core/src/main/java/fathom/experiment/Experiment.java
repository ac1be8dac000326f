package fathom.experiment;

import fathom.run.Spec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * A question and everything that answers it: variants of one spec, each trained with every seed.
 *
 * @param question one or two sentences
 * @param reported what the course report reached, as it states it; empty if there is none
 * @param published what others have reached on the same data
 * @param spec what the variants depart from; its name is the experiment's
 * @param variants at least one, no two of one name; the order of tables and curves
 * @param seeds at least one, each once
 */
public record Experiment(
        String question,
        String reported,
        List<Published> published,
        Spec spec,
        List<Variant> variants,
        List<Long> seeds) {

    /** @throws IllegalArgumentException if a variant or seed comes twice, there is none, or a variant has another experiment's name */
    public Experiment {
        published = List.copyOf(published);
        variants = List.copyOf(variants);
        seeds = List.copyOf(seeds);
        requireOnce("variant", variants.stream().map(Variant::name).toList());
        requireOnce("seed", seeds);
        for (Variant variant : variants) {
            if (!variant.spec().experiment().equals(spec.experiment())) {
                throw new IllegalArgumentException("the variant \"%s\" is of the experiment %s, not of %s"
                        .formatted(variant.name(), variant.spec().experiment(), spec.experiment()));
            }
        }
    }

    /** One spec with its own seed: an experiment of a single run. */
    public Experiment(String question, String reported, List<Published> published, Spec spec) {
        this(question, reported, published, spec, List.of(new Variant(spec.experiment(), spec)), List.of(spec.seed()));
    }

    private static void requireOnce(String what, List<?> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("an experiment needs at least one " + what);
        }
        var seen = new HashSet<Object>();
        for (Object each : all) {
            if (!seen.add(each)) {
                throw new IllegalArgumentException("the %s \"%s\" comes twice".formatted(what, each));
            }
        }
    }

    public String name() {
        return spec.experiment();
    }

    /** Whether there is more than one run to make. */
    public boolean isStudy() {
        return variants.size() * seeds.size() > 1;
    }

    public Experiment withVariants(List<Variant> variants) {
        return new Experiment(question, reported, published, spec, variants, seeds);
    }

    public Experiment withSeeds(List<Long> seeds) {
        return new Experiment(question, reported, published, spec, variants, seeds);
    }

    public Experiment withSeeds(long... seeds) {
        return withSeeds(Arrays.stream(seeds).boxed().toList());
    }

    /** Every run to make: all variants with the first seed, then all with the second, so that what is there compares. */
    public List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (long seed : seeds) {
            variants.forEach(variant -> cells.add(new Cell(variant, seed)));
        }
        return cells;
    }
}
