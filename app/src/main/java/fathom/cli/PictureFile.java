package fathom.cli;

import fathom.chart.Look;
import fathom.chart.Sheet;
import fathom.chart.Theme;
import fathom.report.OutputFolder;
import fathom.run.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a picture goes: a PNG file of the pictures alone, or an SVG file with words. */
final class PictureFile {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] SVG = {'<', 's', 'v', 'g'};

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Where it goes: a .png file, which holds the pictures alone, or an .svg file, which has captions, too "
                            + "(default: a .png file in figures/ in the run's folder). A picture that is there is replaced.")
    private @Nullable Path out;

    /**
     * The file to write, found to be one that can be written.
     *
     * @param usual the name of the file in the run's folder of figures
     * @throws ParameterException if it is of another kind, is something else, or cannot be written
     */
    Path chosen(CommandSpec spec, Run run, String usual) throws IOException {
        Path file = out;
        if (file == null) {
            Path folder = Files.createDirectories(run.file("figures"));
            file = folder.resolve(Places.named(usual, run));
        }
        check(spec, file, "--out");
        return file;
    }

    /**
     * Refuses a file that is no picture by its name, is something else, or cannot be written.
     *
     * @param what names the file in the text
     */
    static void check(CommandSpec spec, Path file, String what) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw new ParameterException(
                    spec.commandLine(), "%s names a .png or .svg file, got %s".formatted(what, file));
        }
        NpyFiles.checkWritable(file, spec.commandLine());
        if (Files.exists(file) && !isPicture(file)) {
            throw new ParameterException(
                    spec.commandLine(), "%s is there and is no such picture: name another file".formatted(file));
        }
    }

    private static boolean isPicture(Path file) throws IOException {
        byte[] kind = isSvg(file) ? SVG : PNG;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(kind.length);
            return head.length == 0 || Arrays.equals(head, kind);
        }
    }

    static boolean isSvg(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    /** Writes the sheet in one move. */
    static void write(Path file, Sheet sheet) throws IOException {
        write(
                file,
                isSvg(file)
                        ? sheet.svg(Look.of(Theme.LIGHT)).getBytes(StandardCharsets.UTF_8)
                        : sheet.png(Theme.LIGHT));
    }

    static void write(Path file, byte[] content) throws IOException {
        OutputFolder.write(file, content);
    }
}
