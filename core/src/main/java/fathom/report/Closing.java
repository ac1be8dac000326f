package fathom.report;

import fathom.run.Spec;
import java.util.List;
import java.util.SequencedMap;

/** The end of a report: how to make the run again, and what it was made on. */
final class Closing {
    private Closing() {}

    static String of(Material material) {
        Spec spec = material.manifest().spec();
        String again = Repeat.command(spec)
                .map(command -> Html.paragraph("The same numbers on the same kind of machine, engine and version:")
                        + Html.code(command))
                .orElseGet(() -> Html.paragraph(
                                "The same numbers on the same kind of machine, engine and version: save the spec below as <code>spec.yaml</code>, then")
                        + Html.code("fathom train spec.yaml"));
        return Html.section(
                "again",
                "To make it again",
                again
                        + Html.details("The whole spec", Html.code(Repeat.yaml(spec)))
                        + Html.details("Environment", terms(material.manifest().environment()))
                        + Html.details("Data", terms(material.manifest().dataProvenance()))
                        + Html.note("Made %s."
                                .formatted(Html.text(material.manifest().created()))));
    }

    private static String terms(SequencedMap<String, String> facts) {
        return Html.terms(facts.entrySet().stream()
                .map(fact -> List.of(fact.getKey(), fact.getValue()))
                .toList());
    }
}
