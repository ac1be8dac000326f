package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.model.Shape;
import fathom.random.Draws;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
    private static final byte[] TWO_BY_THREE = {1, 2, 3, 40, 50, (byte) 255};

    /** What another library decoded. */
    record Decoded(String file, Shape shape, String hex) {
        @Override
        public String toString() {
            return file + " as " + shape;
        }
    }

    static Stream<Decoded> decoded() {
        return new String(MadeUp.resource("decoded.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Pattern.compile(" ").splitAsStream(line).toList())
                .map(words -> new Decoded(
                        words.get(0),
                        Shape.of(
                                Integer.parseInt(words.get(1)),
                                Integer.parseInt(words.get(2)),
                                Integer.parseInt(words.get(3))),
                        words.get(4)));
    }

    @ParameterizedTest
    @MethodSource("decoded")
    void pixelsAreThoseThatAnotherLibrarySees(Decoded expected) {
        var bitmap = decode(MadeUp.resource(expected.file()))
                .withChannels(expected.shape().size(0));
        assertThat(bitmap.shape()).isEqualTo(expected.shape());
        int tolerance = expected.file().endsWith("jpg") ? 2 : 0; // JPEG decoders may round differently
        byte[] samples = HexFormat.of().parseHex(expected.hex());
        for (int i = 0; i < samples.length; i++) {
            assertThat(bitmap.bytes()[i] & 0xff).as("sample %d", i).isCloseTo(samples[i] & 0xff, within(tolerance));
        }
    }

    @Test
    void picturesWithoutColourAreGreyHoweverTheyAreSaved() {
        for (String file : List.of("grey.png", "greyscale-as-colour.png", "one-bit.png", "grey16.png", "grey.jpg")) {
            assertThat(decode(MadeUp.resource(file)).shape()).as(file).isEqualTo(Shape.of(1, 9, 12));
        }
        assertThat(decode(MadeUp.resource("colour.png")).shape()).isEqualTo(Shape.of(3, 9, 12));
    }

    @Test
    void sixteenBitsAreCutToTheUpperEight() {
        assertThat(decode(MadeUp.resource("grey16.png")).bytes())
                .isEqualTo(decode(MadeUp.resource("grey.png")).bytes());
    }

    @Test
    void gammaAndProfilesChangeNothing() {
        byte[] plain = Png.grey(2, 3, TWO_BY_THREE);
        byte[] gamma = new Png()
                .header(3, 2, 8, 0)
                .chunk("gAMA", ByteBuffer.allocate(4).putInt(100_000).array())
                .chunk("iCCP", "a profile that is none".getBytes(StandardCharsets.US_ASCII))
                .chunk("IDAT", Png.rows(TWO_BY_THREE, 3))
                .end();
        assertThat(decode(gamma).bytes())
                .isEqualTo(TWO_BY_THREE)
                .isEqualTo(decode(plain).bytes());
    }

    @Test
    void aTextThatWouldUnpackToMuchIsNotUnpacked() {
        byte[] text = new byte[1 << 20];
        System.arraycopy("a\0\0".getBytes(StandardCharsets.US_ASCII), 0, text, 0, 3);
        byte[] bomb = new Png()
                .header(3, 2, 8, 0)
                .chunk("zTXt", text)
                .chunk("IDAT", Png.rows(TWO_BY_THREE, 3))
                .end();
        assertThat(PngFile.stripped("bomb.png", bomb)).hasSizeLessThan(120);
        assertThat(decode(bomb).bytes()).isEqualTo(TWO_BY_THREE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30000 30000", "16777217 1", "1 2147483647", "-1 -1", "-1 2"})
    void aBombIsRefusedByItsHeader(String sizes) {
        int[] size = Pattern.compile(" ")
                .splitAsStream(sizes)
                .mapToInt(Integer::parseInt)
                .toArray();
        byte[] bomb = new Png()
                .header(size[0], size[1], 8, 6)
                .chunk("IDAT", new byte[40])
                .end();
        long start = System.nanoTime();
        assertThatThrownBy(() -> decode(bomb))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("picture is too large")
                .hasMessageContaining("at most 16,777,216 are read");
        assertThat((System.nanoTime() - start) * 1e-9).isLessThan(0.5);
    }

    @Test
    void aJpegBombIsRefusedByItsHeader() {
        byte[] bomb = MadeUp.resource("grey.jpg");
        int frame = indexOf(bomb, 0xc0);
        Arrays.fill(bomb, frame + 5, frame + 9, (byte) 0xff);
        assertThatThrownBy(() -> decode(bomb)).hasMessageContaining("65,535×65,535 pixels");
    }

    @Test
    void aJpegOfTooManyPassesIsRefused() {
        byte[] bytes = MadeUp.resource("progressive.jpg");
        byte[] open = Arrays.copyOf(bytes, bytes.length - 2); // without the marker of the picture's end
        assertThatThrownBy(() -> decode(withPasses(open))).hasMessageContaining("passes, at most 64 are read");
    }

    /** As cameras append a film to its first picture. */
    @Test
    void whatFollowsAJpegIsNotLookedAt() {
        byte[] bytes = MadeUp.resource("progressive.jpg");
        assertThat(decode(withPasses(bytes)).bytes()).isEqualTo(decode(bytes).bytes());
    }

    private static byte[] withPasses(byte[] jpeg) {
        byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 400);
        for (int i = jpeg.length; i < longer.length; i += 4) {
            longer[i] = (byte) 0xff;
            longer[i + 1] = (byte) 0xda;
        }
        return longer;
    }

    @Test
    void picturesWithoutPixelsAreRefused() {
        byte[] none = new Png().header(0, 3, 8, 0).chunk("IDAT", new byte[9]).end();
        assertThatThrownBy(() -> decode(none)).hasMessage("picture is damaged: it has no pixels");
    }

    @Test
    void otherKindsOfFilesAreRefused() {
        assertThatThrownBy(() -> decode(MadeUp.resource("animation.gif")))
                .hasMessage("picture is neither a PNG nor a JPEG picture");
        assertThatThrownBy(() -> decode(new byte[0])).hasMessageContaining("neither");
        assertThatThrownBy(() -> decode(MadeUp.resource("four-channels.jpg")))
                .hasMessageContaining("4 channels of 8 bits")
                .hasMessageContaining("save it as ordinary grey or RGB");
        assertThatThrownBy(() -> decode(MadeUp.resource("transparent.png"))).hasMessageContaining("partly transparent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour.png", "palette.png", "grey.jpg", "colour.jpg", "progressive.jpg"})
    void filesThatAreCutOffAreRefusedWhereverTheyEnd(String name) {
        byte[] bytes = MadeUp.resource(name);
        int most = name.endsWith("jpg") ? bytes.length - 12 : bytes.length - 1; // the last bytes may hold no pixel
        for (int length = 0; length < most; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(part)).as("%d bytes", length).isInstanceOf(DataException.class);
        }
    }

    @Test
    void everyChangedBitOfAPngIsNoticed() {
        byte[] bytes = MadeUp.resource("palette.png");
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << bit % 8));
            assertThatThrownBy(() -> decode(changed)).as("bit %d", bit).isInstanceOf(DataException.class);
        }
    }

    @Test
    void aPngWithFewerRowsThanItClaimsIsRefused() {
        byte[] bytes = new Png()
                .header(3, 20, 8, 0)
                .chunk("IDAT", Png.rows(TWO_BY_THREE, 3))
                .end();
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour.png", "palette.png", "one-bit.png", "grey.jpg", "colour.jpg", "progressive.jpg"})
    void damagedFilesGiveNothingButDataExceptions(String name) {
        byte[] bytes = MadeUp.resource(name);
        for (int i = 0; i < 200; i++) {
            var draws = Draws.of(9, name, i);
            byte[] mutant = bytes.clone();
            for (int change = draws.nextInt(4); change >= 0; change--) {
                mutant[draws.nextInt(mutant.length)] = (byte) draws.nextInt(256);
            }
            try {
                var bitmap = decode(name.endsWith("png") ? withChecksums(mutant) : mutant);
                assertThat(bitmap.bytes()).hasSize(bitmap.shape().count());
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("picture");
            }
        }
    }

    /** So that damage gets past the checksums, to the decoder. */
    private static byte[] withChecksums(byte[] png) {
        byte[] out = png.clone();
        var buffer = ByteBuffer.wrap(out);
        int at = 8;
        while (at + 12 <= out.length) {
            int length = buffer.getInt(at);
            if (length < 0 || length > out.length - at - 12) {
                return out;
            }
            var crc = new CRC32();
            crc.update(out, at + 4, length + 4);
            buffer.putInt(at + 8 + length, (int) crc.getValue());
            at += length + 12;
        }
        return out;
    }

    private static int indexOf(byte[] jpeg, int marker) {
        for (int i = 0; i < jpeg.length - 1; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
                return i;
            }
        }
        throw new AssertionError("no such marker");
    }

    private static Bitmap decode(byte[] bytes) {
        return ImageFile.decode("picture", bytes);
    }
}
