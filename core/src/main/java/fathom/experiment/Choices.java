package fathom.experiment;

import fathom.config.ConfigException;
import fathom.config.Json;
import fathom.config.Node;
import fathom.config.Place;
import fathom.config.Spelling;
import fathom.experiment.Choice.Setting;
import fathom.random.Draws;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Reads {@code variants} of a document.
 *
 * <ul>
 *   <li>{@code {optimizer.weightDecay: [1e-3, 1e-4], batch: [64, 128]}}, or the same under {@code grid}: every value with
 *       every other;
 *   <li>{@code zip: {…}}: the first of each, the second of each, and so on;
 *   <li>{@code random: {budget: 8, of: {optimizer.rate: {from: 1e-4, to: 1e-1, log: true}, batch: [64, 128]}}}: so many
 *       different ones, drawn by the spec's seed; between two ends written as whole numbers only whole ones;
 *   <li>{@code [{name: plain}, {name: wide, set: {network: lenet-wide}}]}: each with its name.
 * </ul>
 */
final class Choices {
    private static final int MOST = 1000;
    private static final int DRAWS_EACH = 100;
    private static final List<String> WAYS = List.of("grid", "zip", "random");

    private Choices() {}

    /** @throws ConfigException with the place of what cannot be read */
    static List<Choice> of(Node node, long seed) {
        List<Choice> choices = switch (node) {
            case Node.Sequence(var _, List<Node> items) ->
                items.stream().map(Choices::named).toList();
            case Node.Mapping mapping -> {
                boolean isWay = mapping.entries().size() == 1
                        && WAYS.contains(mapping.entries().getFirst().key());
                yield isWay ? way(mapping.entries().getFirst(), seed) : grid(axes(mapping), mapping.place());
            }
            case Node.Scalar _ ->
                throw wrong(node, "variants", "a mapping from settings to lists, or a list of variants");
        };
        if (choices.isEmpty()) {
            throw new ConfigException(node.place(), "variants must not be empty");
        }
        if (choices.size() > MOST) {
            throw new ConfigException(
                    node.place(), "there are %d variants: take %d at most".formatted(choices.size(), MOST));
        }
        requireDifferent(choices);
        return choices;
    }

    private static List<Choice> way(Node.Entry entry, long seed) {
        if (!(entry.value() instanceof Node.Mapping mapping)) {
            throw wrong(entry.value(), entry.key(), "a mapping");
        }
        return switch (entry.key()) {
            case "grid" -> grid(axes(mapping), mapping.place());
            case "zip" -> zip(axes(mapping), mapping.place());
            default -> random(mapping, seed);
        };
    }

    /** A setting with all that it may be. */
    private record Axis(String path, Place place, List<Node> values) {
        Setting at(int index) {
            return new Setting(path, place, values.get(index));
        }
    }

    private static List<Axis> axes(Node.Mapping mapping) {
        return mapping.entries().stream()
                .map(entry -> {
                    if (entry.value() instanceof Node.Sequence(var _, List<Node> items) && !items.isEmpty()) {
                        return new Axis(entry.key(), entry.place(), items);
                    }
                    throw wrong(entry.value(), entry.key(), "a list of values, as in [1e-3, 1e-4]");
                })
                .toList();
    }

    private static List<Choice> grid(List<Axis> axes, Place place) {
        var choices = List.of(Choice.of(place, List.of()));
        for (Axis axis : axes) {
            if ((long) choices.size() * axis.values().size() > MOST) {
                throw new ConfigException(
                        axis.place(),
                        "the grid has more than %d variants: take fewer values, or random".formatted(MOST));
            }
            var longer = new ArrayList<Choice>();
            for (Choice choice : choices) {
                for (int i = 0; i < axis.values().size(); i++) {
                    longer.add(choice.and(axis.at(i)));
                }
            }
            choices = longer;
        }
        return axes.isEmpty() ? List.of() : choices;
    }

    private static List<Choice> zip(List<Axis> axes, Place place) {
        var choices = new ArrayList<Choice>();
        for (int i = 0; !axes.isEmpty() && i < axes.getFirst().values().size(); i++) {
            Choice choice = Choice.of(place, List.of());
            for (Axis axis : axes) {
                int expected = axes.getFirst().values().size();
                if (axis.values().size() != expected) {
                    throw new ConfigException(
                            axis.place(),
                            "zip needs lists of one length: %s has %d values, %s has %d"
                                    .formatted(
                                            axes.getFirst().path(),
                                            expected,
                                            axis.path(),
                                            axis.values().size()));
                }
                choice = choice.and(axis.at(i));
            }
            choices.add(choice);
        }
        return choices;
    }

    private static List<Choice> random(Node.Mapping mapping, long seed) {
        requireKeys(mapping, "random", List.of("budget", "of"));
        Node given = mapping.get("budget")
                .orElseThrow(() -> new ConfigException(mapping.place(), "random needs a budget: how many variants"));
        double budget = number(given, "budget");
        if (!(budget >= 1 && budget <= MOST && budget == Math.rint(budget))) {
            throw wrong(given, "budget", "a whole number in 1 … " + MOST);
        }
        if (!(mapping.get("of").orElse(mapping) instanceof Node.Mapping of) || of.equals(mapping)) {
            throw new ConfigException(mapping.place(), "random needs of: a mapping from settings to lists or ranges");
        }
        var choices = new ArrayList<Choice>();
        var names = new HashSet<String>();
        for (int draw = 0; choices.size() < budget; draw++) {
            if (draw >= DRAWS_EACH * budget) {
                throw new ConfigException(
                        given.place(),
                        "there are not that many different variants: found %d".formatted(choices.size()));
            }
            var draws = Draws.of(seed, "variants", draw);
            Choice choice = Choice.of(mapping.place(), List.of());
            for (Node.Entry entry : of.entries()) {
                choice = choice.and(new Setting(entry.key(), entry.place(), drawn(entry, draws)));
            }
            if (names.add(choice.name())) {
                choices.add(choice);
            }
        }
        return choices;
    }

    private static Node drawn(Node.Entry entry, Draws draws) {
        return switch (entry.value()) {
            case Node.Sequence(var _, List<Node> items) when !items.isEmpty() -> items.get(draws.nextInt(items.size()));
            case Node.Mapping range -> drawn(range, entry.key(), draws);
            default ->
                throw wrong(entry.value(), entry.key(), "a list of values or a range {from: a, to: b, log: true}");
        };
    }

    private static Node drawn(Node.Mapping range, String what, Draws draws) {
        requireKeys(range, what, List.of("from", "to", "log"));
        Node from =
                range.get("from").orElseThrow(() -> new ConfigException(range.place(), what + " needs from and to"));
        Node to = range.get("to").orElseThrow(() -> new ConfigException(range.place(), what + " needs from and to"));
        boolean isLog = range.get("log").filter(log -> isTrue(log)).isPresent();
        double low = number(from, "from");
        double high = number(to, "to");
        if (!(low < high) || (isLog && low <= 0)) {
            throw wrong(to, "to", isLog ? "above from, and both above 0" : "above from");
        }
        boolean isWhole = isWhole(from, low) && isWhole(to, high);
        double top = isWhole ? high + 1 : high; // a whole number stands for all up to the next one
        double share = draws.nextDouble();
        double value = isLog
                ? StrictMath.exp(StrictMath.log(low) + share * (StrictMath.log(top) - StrictMath.log(low)))
                : low + share * (top - low);
        double drawn = isWhole ? Math.clamp(Math.floor(value), low, high) : rounded(value);
        return new Node.Scalar(range.place(), Node.Kind.NUMBER, Json.number(drawn));
    }

    /** Whether a number was written as a whole one: 5, neither 5.0 nor 5e0. */
    private static boolean isWhole(Node node, double value) {
        return value == Math.rint(value)
                && node instanceof Node.Scalar scalar
                && scalar.text().chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
    }

    /** Four digits, which is more than any setting needs and less than a name bears. */
    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
    }

    private static boolean isTrue(Node node) {
        if (node instanceof Node.Scalar(var _, Node.Kind kind, String text) && kind == Node.Kind.BOOLEAN) {
            return Boolean.parseBoolean(text);
        }
        throw wrong(node, "log", "true or false");
    }

    private static Choice named(Node item) {
        if (!(item instanceof Node.Mapping mapping)) {
            throw wrong(item, "a variant", "a mapping with name and set");
        }
        requireKeys(mapping, "a variant", List.of("name", "set"));
        Node name =
                mapping.get("name").orElseThrow(() -> new ConfigException(mapping.place(), "a variant needs a name"));
        if (!(name instanceof Node.Scalar scalar) || scalar.kind() == Node.Kind.NULL) {
            throw wrong(name, "name", "text");
        }
        var settings = new ArrayList<Setting>();
        Node set = mapping.get("set").orElse(new Node.Mapping(mapping.place(), List.of()));
        if (!(set instanceof Node.Mapping(var _, List<Node.Entry> entries))) {
            throw wrong(set, "set", "a mapping from settings to values");
        }
        entries.forEach(entry -> settings.add(new Setting(entry.key(), entry.place(), entry.value())));
        return new Choice(scalar.text(), mapping.place(), settings);
    }

    private static void requireKeys(Node.Mapping mapping, String what, List<String> known) {
        for (Node.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                throw new ConfigException(
                        entry.place(),
                        "%s has no \"%s\"%s; it takes %s"
                                .formatted(
                                        what,
                                        entry.key(),
                                        Spelling.hint(entry.key(), known),
                                        String.join(", ", known)));
            }
        }
    }

    private static void requireDifferent(List<Choice> choices) {
        var names = new HashSet<String>();
        for (Choice choice : choices) {
            if (!names.add(choice.name())) {
                throw new ConfigException(choice.place(), "two variants are called \"%s\"".formatted(choice.name()));
            }
        }
    }

    private static double number(Node node, String what) {
        if (node instanceof Node.Scalar scalar) {
            try {
                double value = Double.parseDouble(scalar.text());
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException _) {
                // Said below.
            }
        }
        throw wrong(node, what, "a finite number");
    }

    private static ConfigException wrong(Node node, String what, String expected) {
        return new ConfigException(node.place(), "%s must be %s".formatted(what, expected));
    }
}
