package fathom.cli;

import fathom.config.Spelling;
import fathom.experiment.Experiment;
import fathom.experiment.Experiments;
import fathom.experiment.Study;
import fathom.experiment.StudyFiles;
import fathom.inspect.Survey;
import fathom.report.RunReport;
import fathom.report.StudyReport;
import fathom.run.Run;
import fathom.run.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom report}. */
@Command(
        name = "report",
        description = {
            "Makes report.html of a run, or study.html of an experiment: one file that needs no network and no script, with "
                    + "figures beside it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom report latest",
            "  fathom report latest --at input,block1.3,block2.3 --per-class 100 --out page/",
            "  fathom report mnist-weight-decay",
            "  fathom report mnist-weight-decay --epochs 5 --seeds 0..1"
        })
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN|EXPERIMENT|FILE.yaml",
            description = {Places.RUN, "Or an experiment, built in or as a file: see 'fathom results'."})
    private String run = "";

    @Mixin
    private StudyOptions study;

    @Option(names = "--epochs", paramLabel = "N", description = "Of an experiment: as it was given to train.")
    private @Nullable String epochs;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Of an experiment: as it was given to train.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where it goes (default: the run's own folder; of an experiment NAME-report).")
    private @Nullable Path out;

    @Mixin
    private LookOptions look;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        return isExperiment() ? reportStudy() : reportRun();
    }

    private boolean isExperiment() {
        return Experiments.find(run).isPresent()
                || (Files.isRegularFile(Path.of(run))
                        && !run.endsWith(".safetensors")); // which is explained as of a run
    }

    private int reportStudy() throws IOException {
        var store = places.store();
        var found = Study.of(study.of(SpecOptions.experiment(run, changes())), store, Optional.empty());
        Path folder = out == null ? Path.of(found.experiment().name() + "-report") : out;
        Folders.requireWritable(spec, folder);
        Path page = StudyReport.write(found, folder);
        var console = spec.commandLine().getOut();
        console.println(json ? StudyFiles.json(found) : page.toString());
        return 0;
    }

    private List<String> changes() {
        var changes = new ArrayList<String>();
        if (epochs != null) {
            changes.add("training.epochs=" + epochs);
        }
        changes.addAll(sets);
        return changes;
    }

    private int reportRun() throws IOException {
        if (study.isGiven() || !changes().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seeds, --variant, --epochs and --set are for an experiment, and there is none called %s; a run is as it is"
                            .formatted(run));
        }
        var plan = look.plan(spec);
        var chosen = chosen();
        var err = spec.commandLine().getErr();
        Path folder = out == null ? chosen.folder() : out;
        Folders.requireWritable(spec, folder);
        var written = RunReport.write(chosen, places.data(), plan, folder, what -> err.println(what + " ..."));
        written.notes().forEach(err::println);
        var console = spec.commandLine().getOut();
        if (json) {
            var line = ResultJson.about(chosen);
            line.put("report", written.page().toString());
            line.put("notes", written.notes());
            line.put("test", ResultJson.metrics(written.test()));
            written.survey().ifPresent(survey -> add(survey, line));
            console.println(ResultJson.text(line));
        } else {
            console.println(written.page());
        }
        return 0;
    }

    /** The run; where there is none of that name, an experiment may have been meant. */
    private Run chosen() {
        try {
            return places.run(run);
        } catch (StoreException e) {
            var names = Experiments.all().stream().map(Experiment::name).toList();
            String hint = Spelling.hint(run, names);
            throw hint.isEmpty() ? e : new StoreException(e.getMessage() + "; nor is it an experiment" + hint);
        }
    }

    private static void add(Survey survey, Map<String, @Nullable Object> line) {
        var accuracy = survey.answers().accuracy();
        line.put("split", survey.split().name().toLowerCase(Locale.ROOT));
        line.put("accuracy", accuracy.share());
        line.put("interval", List.of(accuracy.low(), accuracy.high()));
        line.put("macroF1", survey.answers().confusion().macroF1());
        line.put("calibrationError", survey.answers().reliability().error());
        var probes = new LinkedHashMap<String, Double>();
        survey.views()
                .forEach(view -> probes.put(view.tap(), view.probe().test().share()));
        line.put("probes", probes);
    }
}
