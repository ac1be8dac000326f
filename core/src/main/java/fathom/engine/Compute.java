package fathom.engine;

import fathom.config.Default;

/**
 * Where and how to compute.
 *
 * @param engine the name of an engine, or {@code auto} for the best that is present
 * @param threads how many the engine may use; 0 lets it choose by the size of the model
 */
public record Compute(
        @Default("auto") String engine,
        @Default("cpu") Device device,
        @Default("fp32") Precision precision,
        @Default("0") int threads) {
    public Compute {
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException(
                    "threads must be in 0 … 1024 (0 lets the engine choose), got " + threads);
        }
    }

    /** The best engine on the CPU, in fp32, with threads of its own choice. */
    public static Compute auto() {
        return new Compute("auto", Device.CPU, Precision.FP32, 0);
    }

    public Compute withEngine(String engine) {
        return new Compute(engine, device, precision, threads);
    }

    public Compute withThreads(int threads) {
        return new Compute(engine, device, precision, threads);
    }
}
