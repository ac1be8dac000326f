package fathom.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A child process that trains when told to and waits otherwise. */
final class Peer implements AutoCloseable {
    private final String name;
    private final Process process;
    private final PrintStream jobs;
    private final BufferedReader answers;

    Peer(String name, List<String> command, int threads) throws IOException {
        this.name = name;
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        var environment = builder.environment();
        environment.keySet().removeIf(key -> key.startsWith("OPENBLAS_")); // each library chooses its kernels itself
        environment.put("OMP_NUM_THREADS", String.valueOf(threads));
        environment.put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
        environment.put("MKL_NUM_THREADS", String.valueOf(threads));
        process = builder.start();
        jobs = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    String name() {
        return name;
    }

    /**
     * How fast one job ran.
     *
     * @param wall images a second
     * @param cpu images a second of processor time, which does not count the time that others had the processor
     */
    record Speed(double wall, double cpu) {}

    Speed run(Job job) throws IOException {
        jobs.println(job.line());
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("%s stopped at %s; its own words are above".formatted(name, job));
        }
        String[] parts = answer.split(" ", -1);
        double images = Double.parseDouble(parts[0]);
        return new Speed(images / Double.parseDouble(parts[1]), images / Double.parseDouble(parts[2]));
    }

    @Override
    public void close() {
        jobs.close(); // at the end of its input a worker ends
        process.destroy();
    }
}
