package fathom.report;

import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.data.Vocabulary;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences of a split, as people see them. */
final class Sentences {
    private final Examples examples;
    private final Vocabulary vocabulary;

    private Sentences(Examples examples, Vocabulary vocabulary) {
        this.examples = examples;
        this.vocabulary = vocabulary;
    }

    /** Empty if the examples are no sentences. */
    static Optional<Sentences> of(Dataset dataset, Split split) {
        return dataset.vocabulary().map(vocabulary -> new Sentences(dataset.examples(split), vocabulary));
    }

    /** A sentence as markup; words that the network does not know are marked. */
    String markup(int example) {
        return Stream.of(examples.text(example).split(" "))
                .map(word -> vocabulary.isKnown(word) ? Html.text(word) : Html.element("u", "", Html.text(word)))
                .collect(Collectors.joining(" "));
    }
}
