package fathom.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The loop of a child process: reads jobs from standard input, answers each with images, seconds and processor seconds. */
final class Worker {
    private Worker() {}

    /** One whole training step on a batch. */
    interface Step {
        void run(float[] inputs, int[] labels);
    }

    /** @param builder makes the network of a job ready to train */
    static void serve(Function<JsonNode, Step> builder) throws IOException {
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, Step> built = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode job = JsonMapper.shared().readTree(line);
            String key = job.get("network").asString()
                    + job.get("precision").asString()
                    + job.get("mode").asString();
            Step step = built.computeIfAbsent(key, _ -> builder.apply(job));
            int batch = job.get("batch").asInt();
            int count = 1;
            for (JsonNode size : job.get("shape")) {
                count *= size.asInt();
            }
            answers.println(measure(
                    step,
                    batch,
                    count,
                    job.get("low").asInt(),
                    job.get("seconds").asDouble()));
        }
    }

    /** Trains on eight batches of noise in turn; the step before the clock starts warms up. */
    private static String measure(Step step, int batch, int count, int low, double seconds) {
        var draws = new Random(1);
        var inputs = new float[8][batch * count];
        var labels = new int[8][batch];
        for (int b = 0; b < inputs.length; b++) {
            for (int i = 0; i < batch * count; i++) {
                inputs[b][i] = low + draws.nextFloat() * (1 - low);
            }
            for (int i = 0; i < batch; i++) {
                labels[b][i] = (b + i * 7) % 10;
            }
        }
        step.run(inputs[0], labels[0]);
        long start = System.nanoTime();
        long cpuStart = cpuNanos();
        long images = 0;
        int b = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            b = (b + 1) % inputs.length;
            step.run(inputs[b], labels[b]);
            images += batch;
        }
        return images + " " + (System.nanoTime() - start) / 1e9 + " " + (cpuNanos() - cpuStart) / 1e9;
    }

    /** Processor time of the whole process, all threads together. */
    private static long cpuNanos() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getProcessCpuTime();
    }
}
