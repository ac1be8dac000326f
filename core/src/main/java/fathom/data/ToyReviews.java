package fathom.data;

import fathom.data.TextSet.Parts;
import fathom.random.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Made-up reviews, in which words alone tell little: an opinion may be turned round ({@code not bad at all}, {@code anything
 * but dull}), and of two opinions the one that counts depends on the order ({@code the plot is dull , but the music is great},
 * {@code although …}, {@code … , even though …}). Good and bad words, and turned and plain opinions, are equally frequent in
 * both classes. Every sentence has a stream of random numbers of its own, so sentence 17 of a split is the same in a set of
 * any size.
 */
public final class ToyReviews {
    static final String NAME = "toy-reviews";
    private static final List<String> CLASSES = List.of("negative", "positive");
    private static final List<String> GOOD = List.of(
            "good",
            "great",
            "funny",
            "moving",
            "clever",
            "charming",
            "brilliant",
            "fresh",
            "gripping",
            "warm",
            "witty",
            "lovely");
    private static final List<String> BAD = List.of(
            "bad",
            "dull",
            "boring",
            "silly",
            "clumsy",
            "tedious",
            "awful",
            "stale",
            "lifeless",
            "cold",
            "shallow",
            "messy");
    private static final List<String> THINGS = List.of(
            "film",
            "movie",
            "plot",
            "story",
            "acting",
            "music",
            "dialogue",
            "script",
            "ending",
            "cast",
            "picture",
            "camera work");
    private static final List<String> DEGREES = List.of("", "", "very", "really", "rather", "quite", "truly");
    private static final List<String> TURNS = List.of("not", "n't", "never", "hardly", "anything but", "far from");

    /** Grows when the grammar changes, so that runs on other sentences can be told apart. */
    private static final int GRAMMAR = 1;

    private ToyReviews() {}

    /** The set that {@code data} describes: its count, split seed, validation share and limit. */
    public static Dataset open(Data data) {
        int validation = PictureSet.held(data.count(), data);
        var provenance = new LinkedHashMap<String, String>();
        provenance.put("grammar", NAME + " version " + GRAMMAR);
        provenance.put("seed", Long.toString(data.splitSeed()));
        return TextSet.of(
                new About(NAME, CLASSES, provenance),
                new Parts(
                        sentences(data.splitSeed(), Split.TRAIN, data.count() - validation),
                        sentences(data.splitSeed(), Split.VALIDATION, validation),
                        sentences(data.splitSeed(), Split.TEST, Math.max(1, data.count() / 6))),
                data);
    }

    /** The first {@code count} sentences of a split. */
    static List<Sentence> sentences(long seed, Split split, int count) {
        String stream = NAME + " " + split.name();
        return IntStream.range(0, count)
                .mapToObj(i -> new Grammar(Draws.of(seed, stream, i)).sentence())
                .toList();
    }

    /** One sentence in the making. */
    private record Grammar(Draws draws, List<String> words) {
        Grammar(Draws draws) {
            this(draws, new ArrayList<>());
        }

        Sentence sentence() {
            boolean praises = draws.nextInt(2) == 1;
            switch (draws.nextInt(5)) {
                case 0 -> opinion(praises);
                case 1 -> {
                    opinion(!praises);
                    add(", but");
                    opinion(praises);
                }
                case 2 -> {
                    add("although");
                    opinion(!praises);
                    add(",");
                    opinion(praises);
                }
                case 3 -> {
                    opinion(praises);
                    add(", even though");
                    opinion(!praises);
                }
                default -> {
                    opinion(praises);
                    add("and");
                    opinion(praises);
                }
            }
            add(".");
            return new Sentence(words, praises ? 1 : 0);
        }

        /** {@code the acting is not really bad}. */
        private void opinion(boolean praises) {
            boolean turned = draws.nextInt(2) == 1;
            add("the " + pick(THINGS));
            add(draws.nextInt(2) == 1 ? "is" : "was");
            String turn = pick(TURNS);
            if (turned) {
                add(turn);
            }
            add(pick(DEGREES));
            add(pick(praises != turned ? GOOD : BAD));
            if (draws.nextInt(5) == 0) {
                add(turned ? "at all" : "all along");
            }
        }

        private String pick(List<String> some) {
            return some.get(draws.nextInt(some.size()));
        }

        private void add(String some) {
            if (!some.isEmpty()) {
                words.addAll(List.of(some.split(" ")));
            }
        }
    }
}
