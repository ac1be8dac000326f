package fathom.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Properties;
import java.util.SequencedMap;

/** What a run ran on: the facts that decide whether its numbers can come out the same elsewhere. */
public final class Environment {
    private Environment() {}

    /** Fathom's own version, as its build says. */
    public static String version() {
        var properties = new Properties();
        try (InputStream in = Environment.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    /** Versions of Fathom, Java and the operating system, and the number of processors. */
    public static SequencedMap<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("fathom", version());
        facts.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        facts.put(
                "system",
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")));
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        return facts;
    }
}
