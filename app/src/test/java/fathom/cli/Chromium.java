package fathom.cli;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A browser without a window, if one is installed. */
record Chromium(Path program, Path folder) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final int PATIENCE_SECONDS = 120;

    /** What a page became, and what the browser said about it. */
    record Rendered(String document, String log) {
        /** What went to the console: errors of scripts, refused requests. */
        List<String> console() {
            return log.lines().filter(line -> line.contains("CONSOLE")).toList();
        }
    }

    /** The first of those on the path. */
    static Optional<Chromium> find(Path folder) {
        var places = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return places.flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Chromium(program, folder));
    }

    /** The document after scripts have run. */
    Rendered render(Path page, String... more) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--dump-dom", page.toUri().toString()));
        Path out = run(arguments.toArray(String[]::new));
        return new Rendered(Files.readString(out), Files.readString(log()));
    }

    /** A picture of the upper left of a page. */
    BufferedImage picture(Path page, int width, int height, boolean isDark) throws IOException, InterruptedException {
        Path file = folder.resolve("picture.png");
        Files.deleteIfExists(file);
        run(
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--blink-settings=preferredColorScheme=" + (isDark ? 0 : 1),
                "--window-size=%d,%d".formatted(width, height),
                "--screenshot=" + file,
                page.toUri().toString());
        return ImageIO.read(file.toFile());
    }

    private Path log() {
        return folder.resolve("browser.log");
    }

    private Path run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox", // tests may run as root, where there is none
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("browser.out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(log().toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the browser did not end: " + Files.readString(log(), StandardCharsets.ISO_8859_1));
        }
        return out;
    }
}
