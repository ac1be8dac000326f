package fathom.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of chart beside a file that was looked at. After a wanted change, renew the files and look at them again:
 *
 * <pre>{@code
 * mvn -pl core test -Dtest=fathom.chart.GoldenTest -Dfathom.golden.renew=true
 * }</pre>
 *
 * <p>In the files a digest of its pixels stands for each embedded PNG, since other builds of zlib compress differently.
 */
class GoldenTest {
    private static final Path FILES = Path.of("src/test/resources/fathom/chart");
    private static final Pattern PNG = Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)");
    private static final String UNSUITED = "[^a-z-]";

    static Stream<String> names() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void chartsLookAsTheyDid(String name) throws IOException {
        String svg = withoutPngs(chart(name).svg(new Look(Theme.AUTO, 480)));
        Path file = FILES.resolve(name.replaceAll(UNSUITED, "") + ".svg");
        if (Boolean.getBoolean("fathom.golden.renew")) {
            Files.createDirectories(FILES);
            Files.writeString(file, svg);
        }
        assertThat(svg).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theMachinesLanguageChangesNothing(String name) {
        String expected = chart(name).svg(Look.of(Theme.AUTO));
        Locale usual = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.of("fa", "IR")); // which has digits of its own
        try {
            assertThat(chart(name).svg(Look.of(Theme.AUTO))).isEqualTo(expected);
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, usual);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSameValuesGiveTheSameText(String name) {
        assertThat(chart(name).svg(Look.of(Theme.DARK))).isEqualTo(chart(name).svg(Look.of(Theme.DARK)));
    }

    private static Chart chart(String name) {
        return Optional.ofNullable(Samples.all().get(name)).orElseThrow();
    }

    private static String withoutPngs(String svg) {
        return PNG.matcher(svg).replaceAll(match -> digest(Base64.getDecoder().decode(match.group(1))));
    }

    private static String digest(byte[] png) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(png));
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            var bytes = ByteBuffer.allocate(4 * pixels.length);
            bytes.asIntBuffer().put(pixels);
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            String hex = HexFormat.of().formatHex(sum, 0, 8);
            return "pixels:%dx%d:%s".formatted(image.getWidth(), image.getHeight(), hex);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
