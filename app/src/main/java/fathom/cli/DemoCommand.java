package fathom.cli;

import fathom.experiment.Experiments;
import fathom.run.Job;
import fathom.run.Spec;
import fathom.train.Event;
import fathom.train.Listener;
import fathom.train.Metrics;
import fathom.train.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fathom demo}. */
@Command(
        name = "demo",
        description = "Trains a small CNN on made-up digits, tests it and shows its curves; needs no data files.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @picocli.CommandLine.Spec
    private CommandSpec spec;

    @Mixin
    private Places places;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        Spec toy = Experiments.find("toy-digits").orElseThrow().spec();
        out.println("LeNet learns digits that are drawn on the spot: no file is needed.");
        var epochs = new ArrayList<Event.EpochDone>();
        var console = new TrainingConsole(spec.commandLine(), false);
        int code = console.follow((listener, interrupted) -> {
            Listener remembering = event -> {
                if (event instanceof Event.EpochDone epoch) {
                    epochs.add(epoch);
                }
                listener.on(event);
            };
            var result = Job.start(toy, places.store(), places.data(), remembering, interrupted);
            if (result.outcome().end() != Outcome.End.INTERRUPTED) {
                out.println();
                out.println(curves(epochs));
            }
            return result;
        });
        if (code == 0) {
            out.println("""

                    What to try next:
                      fathom list                          experiments, models, data sets
                      fathom summary lenet                 a network layer by layer
                      fathom runs                          what has been trained
                      fathom eval latest                   test it again from its saved weights
                      fathom train mnist-cnn --epochs 1    real digits (fathom data fetch mnist)""");
        }
        return code;
    }

    private static String curves(List<Event.EpochDone> epochs) {
        return Curves.draw(
                "accuracy, %",
                List.of(
                        new Curves.Curve(
                                't',
                                "training",
                                accuracies(epochs.stream()
                                        .map(Event.EpochDone::train)
                                        .toList())),
                        new Curves.Curve(
                                'v',
                                "validation",
                                accuracies(epochs.stream()
                                        .flatMap(epoch -> epoch.validation().stream())
                                        .toList()))),
                "%.1f");
    }

    private static List<Double> accuracies(List<Metrics> metrics) {
        return metrics.stream().map(m -> 100 * m.accuracy().orElse(0.0)).toList();
    }
}
