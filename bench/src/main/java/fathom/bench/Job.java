package fathom.bench;

import fathom.model.Layer;
import fathom.model.Models;
import fathom.model.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line that every worker understands: what to train and for how long.
 *
 * @param network the name of a network or an autoencoder of {@link Models}
 * @param precision fp32 or bf16
 * @param mode train or infer
 * @param threads how many threads the worker may use
 * @param seconds how long to train; 0 stops at the end of the first step, which builds the network
 */
record Job(String network, int batch, String precision, String mode, int threads, double seconds) {

    /** The job with the layers spelled out, as JSON, so that each peer builds the same network. */
    String line() {
        Network resolved = resolved();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("network", network);
        line.put("batch", batch);
        line.put("precision", precision);
        line.put("mode", mode);
        line.put("threads", threads);
        line.put("seconds", seconds);
        line.put("shape", resolved.input().sizes());
        line.put("low", isAutoencoder() ? 0 : -1); // pictures of noise lie between this and 1
        line.put("layers", layers(resolved.root()));
        return JsonMapper.shared().writeValueAsString(line);
    }

    /** Whether it is an autoencoder, trained by binary cross-entropy and divergence. */
    boolean isAutoencoder() {
        return Models.findPair(network).isPresent();
    }

    Network resolved() {
        var pair = Models.findPair(network);
        if (pair.isPresent()) {
            return pair.get().model().get().on(pair.get().input(), 0);
        }
        var entry = Models.find(network).orElseThrow();
        return Network.of(entry.network().get(), entry.input());
    }

    private static List<Object> layers(Layer layer) {
        return switch (layer) {
            case Layer.Chain(List<Layer> layers) ->
                List.of("chain", layers.stream().map(Job::layers).toList());
            case Layer.Named(var _, Layer inner) -> layers(inner);
            case Layer.Branches(List<Layer> branches) ->
                List.of("branches", branches.stream().map(Job::layers).toList());
            case Layer.Linear(int units, var _) -> List.of("linear", units);
            case Layer.Conv(int channels, int kernel, int stride, int padding, var _) ->
                List.of("conv", channels, kernel, stride, padding);
            case Layer.TransposedConv t ->
                List.of("transposedConv", t.channels(), t.kernel(), t.stride(), t.padding(), t.outputPadding());
            case Layer.BatchNorm _ -> List.of("batchNorm");
            case Layer.Sigmoid _ -> List.of("sigmoid");
            case Layer.Reparameterise _ -> List.of("reparameterise");
            case Layer.Unflatten(int channels, int height, int width) -> List.of("unflatten", channels, height, width);
            case Layer.Relu _ -> List.of("relu");
            case Layer.LeakyRelu(double slope) -> List.of("leakyRelu", slope);
            case Layer.LogSoftmax _ -> List.of("logSoftmax");
            case Layer.MaxPool(int kernel, int stride) -> List.of("maxPool", kernel, stride);
            case Layer.Dropout(double rate) -> List.of("dropout", rate);
            case Layer.Flatten _ -> List.of("flatten");
            default -> throw new IllegalArgumentException("the benchmark's networks have no " + layer);
        };
    }
}
