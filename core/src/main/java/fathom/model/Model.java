package fathom.model;

import fathom.config.Default;

/** What is trained: layers together with what they are for, which decides the loss and what one can ask of them. */
public sealed interface Model {

    /** Class scores for one example; the network must end in a vector with one number a class. */
    record Classifier(
            Layer network, @Default("crossEntropy") Loss loss) implements Model {

        /**
         * The network met by its data.
         *
         * @throws ModelException if the layers do not fit the input, the loss or the number of classes
         */
        public Network on(Shape input, int classes) {
            var net = Network.of(network, input);
            if (!net.output().equals(Shape.of(classes))) {
                throw new ModelException(
                        "the network ends in %s, but the data has %d classes: end it in linear %d (after flatten)"
                                .formatted(net.output(), classes, classes));
            }
            boolean endsInLogSoftmax = net.leaves().getLast().layer() instanceof Layer.LogSoftmax;
            if (loss instanceof Loss.NegativeLogLikelihood && !endsInLogSoftmax) {
                throw new ModelException(
                        "the loss negativeLogLikelihood needs a network that ends in logSoftmax: add it, or use crossEntropy");
            }
            return net;
        }
    }
}
