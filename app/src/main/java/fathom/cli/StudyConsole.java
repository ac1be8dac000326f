package fathom.cli;

import fathom.data.DataPlaces;
import fathom.experiment.Experiment;
import fathom.experiment.Standing;
import fathom.experiment.Study;
import fathom.experiment.StudyFiles;
import fathom.experiment.Sweep;
import fathom.run.RunStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Shows how an experiment is trained to whoever started it, and ends it with its results. */
final class StudyConsole {
    private final CommandLine command;
    private final boolean json;

    StudyConsole(CommandLine command, boolean json) {
        this.command = command;
        this.json = json;
    }

    /** The exit code. */
    int follow(Experiment experiment, RunStore store, DataPlaces places, Sweep.Plan plan) {
        var interruption = Interruption.listening(command.getErr());
        List<Standing> standings;
        try (var display = new StudyDisplay(command.getErr(), ProgressDisplay.isTerminal(), plan.jobs())) {
            standings = Sweep.run(experiment, store, places, plan, display, interruption);
        }
        var study = Study.of(experiment, store, Optional.empty());
        var out = command.getOut();
        if (json) {
            out.println(StudyFiles.json(study));
        } else {
            out.print(StudyText.of(study));
            out.flush();
        }
        if (interruption.getAsBoolean()) {
            command.getErr().println("interrupted; the same command goes on");
            return Failures.INTERRUPTED;
        }
        return code(standings);
    }

    private static int code(List<Standing> standings) {
        if (standings.stream().anyMatch(each -> each.state() == Standing.State.FAILED)) {
            return Failures.FAILURE;
        }
        return standings.stream().anyMatch(each -> each.state() == Standing.State.DIVERGED) ? Failures.DIVERGED : 0;
    }
}
