package fathom.report;

import fathom.chart.ImageGrid;
import fathom.inspect.Answers.Mistake;
import fathom.inspect.Survey;
import java.util.List;

/** The wrong answers of which the network was surest. */
final class MistakesPart {
    private static final int MOST = 32;
    private static final int COLUMNS = 8;

    private MistakesPart() {}

    static String of(Material material, Survey survey, Figures figures) {
        int wrong = survey.answers().size() - survey.answers().right();
        if (material.sentences().isPresent() && wrong > 0) {
            return sentences(material, material.sentences().get(), survey);
        }
        if (material.gallery().isEmpty() || wrong == 0) {
            return "";
        }
        List<Mistake> mistakes = survey.answers().mistakes(MOST);
        var images = material.gallery()
                .get()
                .images(mistakes.stream().mapToInt(Mistake::example).toArray());
        var captions = mistakes.stream()
                .map(mistake -> "%s\n→ %s, %s"
                        .formatted(
                                material.classes().get(mistake.label()),
                                material.classes().get(mistake.given()),
                                whole(mistake.confidence())))
                .toList();
        var grid = new ImageGrid("", images, captions, COLUMNS);
        figures.pictures("mistakes", grid, 3);
        return Html.section(
                "mistakes",
                "The surest mistakes",
                Html.paragraph(
                                "%s of %s answers are wrong. Below each picture: what it is → what the network took it for, and how sure it was."
                                        .formatted(
                                                Words.count(wrong),
                                                Words.count(survey.answers().size())))
                        + figures.add("mistakes", grid, Figures.WIDE, ""));
    }

    private static String sentences(Material material, Sentences sentences, Survey survey) {
        var rows = survey.answers().mistakes(MOST).stream()
                .map(mistake -> List.of(
                        sentences.markup(mistake.example()),
                        Html.name(material.classes().get(mistake.label())),
                        Html.name(material.classes().get(mistake.given())),
                        whole(mistake.confidence())))
                .toList();
        int all = survey.answers().size();
        String said = "%s of %s answers are wrong. Words that the network does not know are underlined."
                .formatted(Words.count(all - survey.answers().right()), Words.count(all));
        return Html.section(
                "mistakes",
                "The surest mistakes",
                Html.paragraph(said) + Html.table(List.of("sentence", "is", "taken for", "#how sure"), rows));
    }

    private static String whole(double share) {
        return Math.round(100 * share) + " %";
    }
}
