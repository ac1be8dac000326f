package fathom.engine;

import fathom.model.Loss;
import fathom.model.Network;

/**
 * What a learner is opened for.
 *
 * @param gradientNorm gradients are scaled down to this norm over all weights together; 0 leaves them
 * @param averaging how much of the arrays' running averages a step keeps, below 1 ({@link Averages}); 0 for none
 * @param seed names the random streams of the learner: initial weights, dropout
 */
public record Assignment(
        Network network,
        Loss loss,
        Optimizer optimizer,
        double gradientNorm,
        double averaging,
        long seed,
        Compute compute) {}
