package fathom.experiment;

import fathom.config.Binder;
import fathom.config.ConfigException;
import fathom.config.Default;
import fathom.config.Node;
import fathom.config.Overrides;
import fathom.config.Place;
import fathom.config.Spelling;
import fathom.run.Spec;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A document that describes an experiment: a spec, and beside its keys {@code question}, {@code variants} (see {@link
 * Choices}) and {@code seeds}, a list or text like {@code 0..2}.
 */
public final class ExperimentDocument {
    private static final String VARIANTS = "variants";
    private static final String SEEDS = "seeds";
    private static final List<String> OWN_KEYS = List.of("question", VARIANTS, SEEDS);
    private static final int MOST_SEEDS = 10_000;

    private ExperimentDocument() {}

    /** What stands beside the spec; read by the binder. */
    record Question(@Default("\"\"") String question) {}

    /** The spec alone, without what makes it an experiment. */
    public static Node spec(Node document) {
        return document instanceof Node.Mapping mapping ? part(mapping, false) : document;
    }

    /** The entries of the experiment, or those of the spec. */
    private static Node.Mapping part(Node.Mapping mapping, boolean own) {
        requireKnown(mapping);
        return new Node.Mapping(
                mapping.place(),
                mapping.entries().stream()
                        .filter(entry -> OWN_KEYS.contains(entry.key()) == own)
                        .toList());
    }

    private static void requireKnown(Node.Mapping mapping) {
        var known = new ArrayList<>(Arrays.stream(Spec.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
        known.addAll(OWN_KEYS);
        for (Node.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                throw new ConfigException(
                        entry.place(),
                        "the document has no \"%s\"%s It takes %s"
                                .formatted(
                                        entry.key(),
                                        Spelling.nearest(entry.key(), known)
                                                .map(": did you mean \"%s\"?"::formatted)
                                                .orElse("."),
                                        String.join(", ", known)));
            }
        }
    }

    /**
     * The experiment that a document describes; without variants and seeds, one of a single run.
     *
     * @param changes {@code path=value}, made in every variant
     * @throws ConfigException naming the place, what was wrong and what is expected
     */
    public static Experiment read(Node document, List<String> changes) {
        Binder binder = Spec.binder();
        Node full = binder.expand(spec(document), Spec.class);
        Spec spec = changed(binder, full, changes);
        if (!(document instanceof Node.Mapping mapping)) {
            return new Experiment("", "", List.of(), spec);
        }
        var question = new Binder()
                .read(
                        new Node.Mapping(
                                mapping.place(),
                                mapping.entries().stream()
                                        .filter(entry -> entry.key().equals("question"))
                                        .toList()),
                        Question.class);
        var experiment = new Experiment(question.question(), "", List.of(), spec);
        if (mapping.get(VARIANTS).isPresent()) {
            var variants = Choices.of(mapping.get(VARIANTS).get(), spec.seed()).stream()
                    .map(choice -> variant(binder, choice, full, changes))
                    .toList();
            experiment = experiment.withVariants(variants);
        }
        if (mapping.get(SEEDS).isPresent()) {
            experiment = experiment.withSeeds(seeds(mapping.get(SEEDS).get()));
        }
        return experiment;
    }

    private static Variant variant(Binder binder, Choice choice, Node full, List<String> changes) {
        try {
            return new Variant(choice.name(), changed(binder, choice.in(binder, full), changes));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(choice.place(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Spec changed(Binder binder, Node full, List<String> changes) {
        Node node = full;
        for (String change : changes) {
            node = Overrides.apply(binder, Spec.class, node, change);
        }
        return binder.read(node, Spec.class);
    }

    /**
     * A built-in experiment with single values replaced in every variant; one that trains with its spec's seed trains with the
     * new one.
     *
     * @throws ConfigException if a change does not fit
     */
    public static Experiment changed(Experiment experiment, List<String> changes) {
        if (changes.isEmpty()) {
            return experiment;
        }
        String[] assignments = changes.toArray(String[]::new);
        Spec spec = Variant.changed(experiment.spec(), assignments);
        boolean hasOwnSeed = experiment.seeds().equals(List.of(experiment.spec().seed()));
        return new Experiment(
                experiment.question(),
                experiment.reported(),
                experiment.published(),
                spec,
                experiment.variants().stream()
                        .map(variant -> new Variant(variant.name(), Variant.changed(variant.spec(), assignments)))
                        .toList(),
                hasOwnSeed ? List.of(spec.seed()) : experiment.seeds());
    }

    /**
     * Seeds as text: {@code 0..2}, {@code 0,1,5}, or both.
     *
     * @param place for messages
     * @throws ConfigException if it is no such text
     */
    public static List<Long> seeds(String text, Place place) {
        var seeds = new ArrayList<Long>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("\\.\\.", -1);
            try {
                long first = Long.parseLong(ends[0].strip());
                long last = ends.length == 1 ? first : Long.parseLong(ends[1].strip());
                long more = last - first; // below 0 if there are too many for a long, too
                if (ends.length > 2 || last < first || more < 0 || more >= MOST_SEEDS) {
                    throw notSeeds(place);
                }
                LongStream.rangeClosed(first, last).forEach(seeds::add);
            } catch (NumberFormatException e) {
                throw notSeeds(place);
            }
        }
        return requireOnce(seeds, place);
    }

    private static List<Long> seeds(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> seeds(scalar.text(), node.place());
            case Node.Sequence(Place place, List<Node> items) -> {
                var seeds = new ArrayList<Long>();
                for (Node item : items) {
                    if (!(item instanceof Node.Scalar scalar)) {
                        throw notSeeds(item.place());
                    }
                    seeds.addAll(seeds(scalar.text(), item.place()));
                }
                yield requireOnce(seeds, place);
            }
            case Node.Mapping _ -> throw notSeeds(node.place());
        };
    }

    private static List<Long> requireOnce(List<Long> seeds, Place place) {
        if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.size()) {
            throw new ConfigException(place, "seeds must be at least one, each once");
        }
        return seeds;
    }

    private static ConfigException notSeeds(Place place) {
        return new ConfigException(place, "seeds must be whole numbers: 0..2, or 0,1,5, or a list");
    }
}
