package fathom.model;

import fathom.config.Default;
import java.util.ArrayList;
import java.util.List;

/** What is trained: layers together with what they are for, which decides the loss and what one can ask of them. */
public sealed interface Model {

    /** What training brings down. */
    Loss loss();

    /**
     * The network met by its data.
     *
     * @param classes how many the data has
     * @throws ModelException if the layers do not fit the input, the loss or the number of classes
     */
    Network on(Shape input, int classes);

    /** Class scores for one example; the network must end in a vector with one number a class. */
    record Classifier(
            Layer network, @Default("crossEntropy") Loss.OfClasses loss) implements Model {

        @Override
        public Network on(Shape input, int classes) {
            var net = Network.of(network, input);
            if (!net.output().equals(Shape.of(classes))) {
                throw new ModelException(
                        "the network ends in %s, but the data has %d classes: end it in linear %d (after flatten)"
                                .formatted(net.output(), classes, classes));
            }
            if (loss instanceof Loss.NegativeLogLikelihood && !net.endsIn(Layer.LogSoftmax.class)) {
                throw new ModelException(
                        "the loss negativeLogLikelihood needs a network that ends in logSoftmax: add it, or use crossEntropy");
            }
            return net;
        }
    }

    /**
     * A variational autoencoder (Kingma and Welling 2014): the encoder turns an example into the means and the logarithms of
     * the variances of {@code latent} normal numbers, the decoder turns such numbers into an example.
     *
     * @param encoder its own layers; a linear layer of 2·latent units follows them, so it must end in a vector
     * @param decoder from a vector of {@code latent} numbers to the shape of an example; for BCE it must end in sigmoid
     * @param latent how many numbers stand for an example
     */
    record Vae(
            Layer encoder,
            Layer decoder,
            int latent,
            @Default("{reconstruction: bce}") Loss.Elbo loss) implements Model {
        /** Where the encoder stands in the network: its output is {@code latent} means, then as many log-variances. */
        public static final String ENCODER = "encoder";

        /** Where the decoder stands. */
        public static final String DECODER = "decoder";

        public Vae {
            Require.positive("latent", latent);
        }

        @Override
        public Network on(Shape input, int classes) {
            Shape code = Network.of(encoder, input).output();
            if (code.rank() != 1) {
                throw new ModelException("the encoder ends in %s: end it in a vector (add flatten)".formatted(code));
            }
            decoder(input);
            return Network.of(network(), input);
        }

        /** Encoder, draw and decoder one after the other. */
        public Layer network() {
            return Layer.chain(
                    Layer.named(ENCODER, withHead()),
                    Layer.named("sample", new Layer.Reparameterise()),
                    Layer.named(DECODER, decoder));
        }

        /** The encoder with its last, linear layer, in one chain where it is one, so that paths stay short. */
        private Layer withHead() {
            Layer head = Layer.linear(Math.multiplyExact(2, latent));
            if (encoder instanceof Layer.Chain(List<Layer> layers)) {
                var all = new ArrayList<>(layers);
                all.add(head);
                return new Layer.Chain(all);
            }
            return Layer.chain(encoder, head);
        }

        /**
         * The decoder alone, from a vector of {@code latent} numbers; its arrays have the names that they have in the whole
         * network, without {@code decoder.} before them.
         *
         * @throws ModelException if its layers do not fit
         */
        public Network decoder(Shape input) {
            var net = Network.of(decoder, Shape.of(latent));
            if (!net.output().equals(input)) {
                throw new ModelException(
                        "the decoder ends in %s, but the examples are %s".formatted(net.output(), input));
            }
            if (loss.reconstruction() == Loss.Reconstruction.BCE && !net.endsIn(Layer.Sigmoid.class)) {
                throw new ModelException(
                        "the reconstruction loss bce needs a decoder that ends in sigmoid: add it, or use l2 or l1");
            }
            return net;
        }
    }
}
