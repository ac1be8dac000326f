package fathom.bench;

import static fathom.model.Layer.*;

import com.sun.management.OperatingSystemMXBean;
import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Engines;
import fathom.engine.Learner;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * Training steps of report C's network (embedding 300, three LSTMs of 512 with layer norm) on texts as long as those of
 * SST-2: Fathom's engines on batches of like lengths, PyTorch (Python) on the same batches and on all padded to the longest.
 * Seconds are of the processor. Some batches, evenly spread over the lengths, stand for the epoch; all go
 * through once before they are measured, as in any epoch but the first.
 */
public final class LstmBench {
    private static final int TEXTS = 5536;
    private static final int BATCH = 256;
    private static final int LONGEST = 52;
    private static final int WORDS = 15_000;

    private LstmBench() {}

    /** @param arguments threads, how many batches of the epoch's 22, and the engines to measure beside PyTorch */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int threads = Integer.parseInt(arguments[0]);
        List<int[]> batches = batches(Integer.parseInt(arguments[1]));
        long tokens = batches.stream().flatMapToInt(Arrays::stream).sum();
        System.out.printf(
                "%d batches of %d texts, %d real tokens, %d thread(s)%n", batches.size(), BATCH, tokens, threads);
        for (String engine : List.of(arguments).subList(2, arguments.length)) {
            say(engine, ofFathom(engine, batches, threads), tokens);
        }
        say("PyTorch, by length", ofPyTorch("bucketed", batches, threads), tokens);
        say("PyTorch, padded", ofPyTorch("padded", batches, threads), tokens);
    }

    private static void say(String who, double seconds, long tokens) {
        System.out.printf(Locale.ROOT, "%-20s %7.2f s %8.0f tokens/s%n", who, seconds, tokens / seconds);
    }

    /** Lengths with the mean and deviation of SST-2's sentences (19 and 9), sorted; every so manyth batch. */
    private static List<int[]> batches(int count) {
        var draws = new Random(1);
        int[] lengths = new int[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            lengths[i] = (int) Math.clamp(Math.round(19.3 + 9.3 * draws.nextGaussian()), 2L, (long) LONGEST);
        }
        Arrays.sort(lengths);
        var batches = new ArrayList<int[]>();
        for (int i = 0; i < count; i++) {
            int first = (int) ((i + 0.5) / count * (TEXTS - BATCH));
            batches.add(Arrays.copyOfRange(lengths, first, first + BATCH));
        }
        return batches;
    }

    private static Network network() {
        return Network.of(
                chain(
                        embedding(WORDS, 300),
                        lstm(512),
                        layerNorm(),
                        dropout(0.2),
                        lstm(512),
                        layerNorm(),
                        dropout(0.2),
                        lstm(512),
                        layerNorm(),
                        lastToken(),
                        linear(128),
                        relu(),
                        linear(2),
                        logSoftmax()),
                Shape.of(LONGEST));
    }

    private static double ofFathom(String engine, List<int[]> batches, int threads) {
        var compute = Compute.auto().withEngine(engine).withThreads(threads);
        var assignment =
                new Assignment(network(), new Loss.NegativeLogLikelihood(), Optimizer.adam(1e-4), 0, 0, 1, compute);
        try (Learner learner = Engines.choose(compute).open(assignment)) {
            double begin = 0;
            for (int i = 0; i < 2 * batches.size(); i++) {
                if (i == batches.size()) {
                    begin = cpuSeconds();
                }
                learner.step(texts(batches.get(i % batches.size())), i, 1e-4);
            }
            return cpuSeconds() - begin;
        }
    }

    private static Batch texts(int[] lengths) {
        var draws = new Random(2);
        int longest = Arrays.stream(lengths).max().orElseThrow();
        var inputs = new float[lengths.length * longest];
        var labels = new int[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            labels[i] = i % 2;
            for (int t = 0; t < lengths[i]; t++) {
                inputs[i * longest + t] = 1 + draws.nextInt(WORDS - 1);
            }
        }
        return new Batch(Shape.of(longest), inputs, labels, lengths);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static double ofPyTorch(String mode, List<int[]> batches, int threads)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder("/usr/bin/python3", System.getProperty("bench.python"), mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        var environment = builder.environment();
        environment.keySet().removeIf(key -> key.startsWith("OPENBLAS_"));
        environment.put("OMP_NUM_THREADS", String.valueOf(threads));
        environment.put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
        var process = builder.start();
        try (var out = process.getOutputStream()) {
            out.write(JsonMapper.shared().writeValueAsBytes(batches));
        }
        try (var in = process.getInputStream()) {
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
            return Double.parseDouble(answer);
        }
    }
}
