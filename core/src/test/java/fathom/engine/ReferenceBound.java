package fathom.engine;

import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/**
 * The bound of an autoencoder in 64-bit floats and from its definition, between two runs of {@link ReferenceNetwork}: the
 * oracle for every engine.
 *
 * @param reconstruction mean over the examples
 * @param divergence mean over the examples, with weight 1
 * @param decoded the decoder's pass
 * @param averages the running averages after the pass, by parameter name; empty at evaluation
 * @param margin how far the nearest bend is: of a layer, or of the L1 distance where output and input meet
 */
record ReferenceBound(
        double reconstruction,
        double divergence,
        ReferenceNetwork.Pass decoded,
        Map<String, double[]> averages,
        double margin) {

    /** @param noise number {@code j} of example {@code i} at {@code i·latent + j} */
    static ReferenceBound of(
            RandomNetworks.Case it, Map<String, double[]> weights, LongToDoubleFunction noise, boolean training) {
        double[][] x = RandomNetworks.rows(it.batch());
        var encoded = run(it, 0, it.batch().shape(), weights, x, training);
        int latent = encoded.result()[0].length / 2;
        var z = new double[x.length][latent];
        double divergence = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < latent; j++) {
                double mu = encoded.result()[i][j];
                double logVar = encoded.result()[i][latent + j];
                z[i][j] = mu + Math.exp(0.5 * logVar) * noise.applyAsDouble((long) i * latent + j);
                divergence += 0.5 * (mu * mu + Math.exp(logVar) - logVar - 1) / x.length;
            }
        }
        var decoded = run(it, 2, Shape.of(latent), weights, z, training);
        var kind = ((Loss.Elbo) it.loss()).reconstruction();
        double reconstruction = 0;
        double margin = Math.min(encoded.margin(), decoded.margin());
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                double y = decoded.result()[i][j];
                reconstruction += distance(kind, x[i][j], y) / x.length;
                margin = kind == Loss.Reconstruction.L1 ? Math.min(margin, Math.abs(x[i][j] - y)) : margin;
            }
        }
        var averages = new LinkedHashMap<String, double[]>();
        encoded.averages().forEach((name, array) -> averages.put(Model.Vae.ENCODER + "." + name, array));
        decoded.averages().forEach((name, array) -> averages.put(Model.Vae.DECODER + "." + name, array));
        return new ReferenceBound(reconstruction, divergence, decoded, averages, margin);
    }

    private static double distance(Loss.Reconstruction kind, double x, double y) {
        return switch (kind) {
            case BCE -> -x * Math.log(y) - (1 - x) * Math.log1p(-y);
            case L2 -> (x - y) * (x - y);
            case L1 -> Math.abs(x - y);
        };
    }

    /** One of encoder, draw and decoder by itself. */
    private static ReferenceNetwork.Pass run(
            RandomNetworks.Case it,
            int part,
            Shape input,
            Map<String, double[]> weights,
            double[][] x,
            boolean training) {
        if (!(it.network().root() instanceof Layer.Chain(List<Layer> parts)
                && parts.get(part) instanceof Layer.Named(String name, Layer inner))) {
            throw new IllegalArgumentException(
                    "not an autoencoder: " + it.network().root());
        }
        var own = new LinkedHashMap<String, double[]>();
        weights.forEach((array, values) -> {
            if (array.startsWith(name + ".")) {
                own.put(array.substring(name.length() + 1), values);
            }
        });
        return ReferenceNetwork.run(Network.of(inner, input), own, x, training);
    }
}
