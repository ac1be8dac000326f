package fathom.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What took how long, by phase, and how much memory it took. */
final class Stopwatch {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final long begin = System.nanoTime();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long last = begin;

    /** Ends a phase: the time since the last one is its. */
    void end(String phase) {
        long now = System.nanoTime();
        add(phase, (now - last) / 1e9);
        last = now;
    }

    /** Leaves out the time since the last phase, which is told otherwise. */
    void skip() {
        last = System.nanoTime();
    }

    void add(String phase, double time) {
        seconds.merge(phase, time, Double::sum);
    }

    /** All phases so far and the total since the beginning. */
    Map<String, Double> seconds() {
        var all = new LinkedHashMap<>(seconds);
        all.put("total", (System.nanoTime() - begin) / 1e9);
        return all;
    }

    /** The most memory this process has held so far, in MB: resident where the system tells it, else the JVM's pools. */
    static long peakMemory() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return peakOfPools();
        }
        return peakOfPools();
    }

    private static long peakOfPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                        .sum()
                >> 20;
    }
}
