package fathom.experiment;

import fathom.inspect.History;
import fathom.run.Claim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization",
 * AISTATS 2016): at an early epoch the worse half of the variants is given up. What decides is the mean validation loss over
 * the seeds at that very epoch, which later training does not change, so all processes decide alike.
 */
record Halving(Experiment experiment, Ledger ledger) {

    /** A variant and its mean validation loss; infinite if a run has none, or diverged before. */
    private record Ranked(Variant variant, double loss) {}

    /** The better half of the variants, rounded up, in their own order. */
    List<Variant> better(List<Variant> variants, int epoch) {
        var ranked = new ArrayList<Ranked>();
        for (Variant variant : variants) {
            double loss = experiment.seeds().stream()
                    .mapToDouble(seed -> loss(new Cell(variant, seed), epoch))
                    .average()
                    .orElseThrow();
            ranked.add(new Ranked(variant, loss));
        }
        var kept = ranked.stream()
                .sorted(Comparator.comparingDouble(Ranked::loss))
                .limit((variants.size() + 1) / 2)
                .map(Ranked::variant)
                .toList();
        return variants.stream().filter(kept::contains).toList();
    }

    private double loss(Cell cell, int epoch) {
        Standing standing = ledger.look(cell);
        boolean divergedBefore = standing.state() == Standing.State.DIVERGED && standing.epochs() < epoch;
        if (standing.run().isEmpty() || divergedBefore) {
            return Double.POSITIVE_INFINITY;
        }
        var epochs = History.of(standing.run().get()).epochs();
        return epochs.stream()
                .filter(each -> each.number() <= epoch)
                .reduce((_, later) -> later)
                .flatMap(each -> each.validation().or(each::train))
                .map(metrics -> metrics.loss())
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Leaves a note at each run that will not be continued. */
    void giveUp(List<Variant> left, int among, int epoch) {
        String message = "given up after epoch %d: among the worse half of %d variants by mean validation loss"
                .formatted(epoch, among);
        for (Variant variant : left) {
            for (long seed : experiment.seeds()) {
                var cell = new Cell(variant, seed);
                Optional<Claim> claim = Claim.take(ledger.claim(cell));
                if (claim.isPresent()) {
                    try (Claim held = claim.get()) {
                        if (!ledger.look(cell).isSettled()) {
                            Ledger.note(held, cell, Ledger.Reason.GIVEN_UP, message);
                        }
                    }
                }
            }
        }
    }
}
