package fathom.engine.vector;

import fathom.model.Shape;

/**
 * Says which tokens of a batch of sequences are real. A value of T×F holds, for each group, one token after the other, each
 * as F vectors; its numbers after an example's last real token are 0 or of no account, and so are their gradients.
 */
final class Tokens implements Operation {
    private final Site site;
    private final Value mask;

    Tokens(Site site, Shape input) {
        this.site = site;
        mask = new Value("real tokens", input, site.lanes(), false);
    }

    /** For each token one vector, 1 where the example has a token there and 0 where it has not. */
    Value mask() {
        return mask;
    }

    @Override
    public Value result() {
        return mask;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.perGroup(
                "real tokens",
                (pass, group, worker) -> {
                    int at = mask.at(group, worker);
                    for (int lane = 0; lane < site.lanes(); lane++) {
                        int length = pass.tokens(group, lane);
                        for (int t = 0; t < mask.channels; t++) {
                            pass.memory[at + t * site.lanes() + lane] = t < length ? 1 : 0;
                        }
                    }
                },
                mask);
    }

    @Override
    public void backward(Schedule schedule) {}
}
