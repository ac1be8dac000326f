package fathom.report;

import fathom.data.DataPlaces;
import fathom.inspect.Survey;
import fathom.run.Run;
import fathom.run.Summary;
import fathom.train.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code report.html}: a run as a page that needs nothing but itself. The same run gives the same bytes. */
public final class RunReport {
    private RunReport() {}

    /**
     * What was written.
     *
     * @param page the HTML file
     * @param notes what is missing on it, and why
     * @param test what the kept weights reach on the test data; empty if that is not known
     * @param survey what its figures show of the network; empty if it could not be looked at
     */
    public record Written(Path page, List<String> notes, Optional<Metrics> test, Optional<Survey> survey) {}

    /**
     * Writes {@code report.html}, {@code figures/} and {@code metrics.csv} into a folder.
     *
     * @param folder made if it is not there; a run's own folder will do
     * @param saying is told what is being done
     * @throws fathom.run.StoreException if it cannot be read how the run came to be
     * @throws fathom.inspect.InspectException if what the plan asks for cannot be done
     * @throws fathom.model.ModelException if there is no tap that the plan names
     */
    public static Written write(Run run, DataPlaces places, Survey.Plan plan, Path folder, Survey.Saying saying)
            throws IOException {
        Material material = Material.of(run, places, plan, saying);
        saying.now("drawing");
        var figures = new Figures();
        String page = page(material, figures);
        var output = new OutputFolder(folder);
        output.figures(figures);
        Path metrics = run.file("metrics.csv");
        if (Files.isRegularFile(metrics, LinkOption.NOFOLLOW_LINKS)) {
            output.copy(metrics);
        }
        var test = material.summary().flatMap(Summary::test);
        return new Written(output.page("report.html", page), material.notes(), test, material.survey());
    }

    private static String page(Material material, Figures figures) {
        var body = new StringBuilder();
        body.append(Opening.header(material));
        body.append(NetworkPart.of(material, figures));
        body.append(CurvesPart.of(material.history(), figures));
        material.imagined().ifPresent(imagined -> body.append(ImaginedPart.of(material, imagined, figures)));
        material.survey().ifPresent(survey -> {
            body.append(AnswersPart.of(survey, figures));
            body.append(MistakesPart.of(material, survey, figures));
            body.append(MapsPart.of(material, survey, figures));
            body.append(ProbesPart.of(survey, figures));
            body.append(InsidePart.of(material, survey, figures));
        });
        body.append(Closing.of(material));
        return Page.html(
                material.manifest().spec().experiment() + " · " + material.run().id(), body.toString());
    }
}
