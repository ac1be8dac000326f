package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one does with a trained autoencoder, on drawn faces of 16×16 pixels. */
class AutoencoderCommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;

    private static String run = "";
    private static String flat = "";
    private static String classifier = "";

    @BeforeAll
    static void train() throws IOException {
        run = trained("faces", """
                experiment: faces
                data: {set: toy-faces, size: 16, count: 2400}
                model: {vae: {encoder: {chain: [flatten, {linear: 128}, relu]}, latent: 8,
                  decoder: {chain: [{linear: 128}, relu, {linear: 768}, {unflatten: {channels: 3, height: 16, width: 16}}, sigmoid]}}}
                training: {epochs: 12, batch: 32, optimizer: {adam: 0.003}}
                """);
        flat = trained("flat", """
                experiment: flat
                data: {set: toy-digits, count: 120}
                model: {vae: {encoder: {chain: [flatten, {linear: 16}, relu]}, latent: 2,
                  decoder: {chain: [{linear: 784}, {unflatten: {channels: 1, height: 28, width: 28}}, sigmoid]}}}
                training: {epochs: 1, batch: 32, optimizer: {adam: 0.003}}
                """);
        classifier = trained("digits", """
                experiment: digits
                data: {set: toy-digits, count: 60}
                model: {classifier: {network: {chain: [flatten, {linear: 10}]}}}
                training: {epochs: 1, batch: 32, optimizer: {adam: 0.003}}
                """);
    }

    private static String trained(String name, String text) throws IOException {
        Path spec = Files.writeString(folder.resolve(name + ".yaml"), text);
        var result = Cli.run(
                "train", spec.toString(), "--runs", folder.resolve("runs").toString(), "--json");
        assertThat(result.err()).contains("epoch");
        return JSON.readTree(result.lastLine()).get("run").asString();
    }

    private static Cli.Result fathom(String... arguments) {
        var result = Cli.run(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private static JsonNode json(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return JSON.readTree(fathom(all.toArray(String[]::new)).lastLine());
    }

    private static BufferedImage picture(JsonNode line) throws IOException {
        return ImageIO.read(Path.of(line.get("file").asString()).toFile());
    }

    @Test
    void theSameSeedDrawsTheSamePicturesToTheBit() throws IOException {
        Path first = folder.resolve("erstes Bild ü.png");
        Path second = folder.resolve("second.png");
        Path other = folder.resolve("other.png");
        fathom("generate", run, "--count", "9", "--seed", "5", "--out", first.toString());
        fathom("generate", run, "--count", "9", "--seed", "5", "--out", second.toString());
        fathom("generate", run, "--count", "9", "--seed", "6", "--out", other.toString());
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(first));
    }

    @Test
    void aReportRefusesAnUnknownPlace() {
        var report = Cli.run("report", flat, "--at", "nonsense");
        assertThat(report.code()).isEqualTo(2);
        assertThat(report.err()).contains("no layer at \"nonsense\"");
    }

    @Test
    void generatedPicturesStandInASquareInTheRunsFolder() throws IOException {
        var line = json("generate", run, "--count", "9", "--seed", "7");
        assertThat(Path.of(line.get("file").asString())).isEqualTo(Path.of(run, "figures", "generated-seed7.png"));
        var drawn = picture(line); // 3 pictures of 6 × 16 pixels with gaps of 2 and margins of 10
        assertThat(List.of(drawn.getWidth(), drawn.getHeight())).containsOnly(3 * 96 + 2 * 2 + 2 * 10);
    }

    @Test
    void theNearestTrainingPictureIsNoFartherThanTheOriginal() {
        var line = json("reconstruct", run, "--split", "train", "--count", "20", "--layout", "pairs", "--nearest");
        double error = line.get("meanSquaredError").asDouble();
        assertThat(error).isBetween(1e-5, 0.02);
        assertThat(line.get("nearest").size()).isEqualTo(20);
        double nearest = 0;
        for (JsonNode one : line.get("nearest")) {
            assertThat(one.get("example").asInt()).isBetween(0, 2399);
            nearest += one.get("squaredDistance").asDouble();
        }
        double original = 20 * 3 * 16 * 16 * error;
        assertThat(nearest).isBetween(0.05 * original, original);
    }

    @Test
    void aWayLeadsFromAnExampleToAFile() throws IOException {
        var drawn = json(
                "reconstruct",
                run,
                "--count",
                "1",
                "--out",
                folder.resolve("one.png").toString());
        Path file = folder.resolve("Gesicht ß.png");
        Files.copy(Path.of(drawn.get("file").asString()), file);
        var line =
                json("interpolate", run, "--from", "3", "--to", file.toString(), "--steps", "5", "--path", "spherical");
        assertThat(line.get("file").asString()).endsWith("interpolated-3-Gesicht-ß.png");
        assertThat(picture(line).getWidth()).isEqualTo(7 * 96 + 4 * 2 + 2 * 18 + 2 * 10);
    }

    @Test
    void aWayThroughNoiseStandsInAGrid() throws IOException {
        var line = json("interpolate", run, "--noise", "--seed", "3", "--layout", "3x3");
        assertThat(line.get("steps").asInt()).isEqualTo(9);
        assertThat(picture(line).getWidth()).isEqualTo(3 * 96 + 2 * 2 + 2 * 10);
        assertThat(refused("interpolate", run, "--noise", "--steps", "8", "--layout", "3x3"))
                .contains("--layout", "8");
    }

    @Test
    void codesTellTheFactorsAndDirectionsMoveTheRightOne() {
        var line = json("latent", run, "--method", "pca", "--per-class", "50");
        for (JsonNode factor : line.get("attributes")) {
            if (List.of("skin", "hair_shade").contains(factor.get("attribute").asString())) {
                assertThat(factor.get("score").asDouble()).isGreaterThan(0.7);
                assertThat(factor.get("changesMost")).isEqualTo(factor.get("attribute"));
            }
        }
    }

    /** Measured in the pixels themselves, by nothing that was learned. */
    @Test
    void moreSkinToneChangesTheFaceAndNotTheGround() throws IOException {
        var line = json("attribute", run, "--attribute", "skin", "--image", "0", "--steps", "2");
        var strip = picture(line);
        int second = 10 + 96 + 18; // the margin, the picture, the gap
        int last = second + 96 + 2;
        int face = Math.abs(brightness(strip, last + 48, 10 + 55) - brightness(strip, second + 48, 10 + 55));
        int ground = Math.abs(brightness(strip, last + 5, 10 + 5) - brightness(strip, second + 5, 10 + 5));
        assertThat(face).isGreaterThan(30 + ground);
        assertThat(line.get("changesMost").asString()).isEqualTo("skin");
    }

    private static int brightness(BufferedImage image, int x, int y) {
        int colour = image.getRGB(x, y);
        return ((colour >> 16 & 255) + (colour >> 8 & 255) + (colour & 255)) / 3;
    }

    @Test
    void codesOfTwoNumbersAreAlsoDecodedOnAGrid() {
        var line = json("latent", flat, "--per-class", "5");
        assertThat(line.get("method").asString()).isEqualTo("plain");
        assertThat(Path.of(line.get("manifold").asString())).isNotEmptyFile();
        assertThat(Path.of(line.get("file").asString())).content().startsWith("<svg");
        assertThat(json("latent", flat, "--images").get("file").asString()).endsWith("latent-plain-pictures.png");
    }

    private static String refused(String... arguments) {
        var result = Cli.run(arguments);
        assertThat(result.code()).as(Arrays.toString(arguments)).isIn(Failures.USAGE, Failures.DATA);
        assertThat(result.err()).doesNotContain("Exception");
        return result.err();
    }

    @Test
    void whatCannotBeDoneIsRefusedClearly() throws IOException {
        assertThat(refused("generate", classifier)).contains("classifier");
        assertThat(refused("generate", run, "--temperature", "0")).contains("--temperature");
        assertThat(refused("generate", run, "--temperature", "NaN")).contains("--temperature");
        assertThat(refused("generate", run, "--count", "0")).contains("--count", "1 to 10,000");
        assertThat(refused("generate", run, "--count", "999999999")).contains("--count");
        assertThat(refused(
                        "generate",
                        run,
                        "--out",
                        folder.resolve("nowhere/x.png").toString()))
                .contains("folder");
        assertThat(refused("generate", run, "--out", folder.resolve("x.txt").toString()))
                .contains(".png");
        Path precious = Files.writeString(folder.resolve("precious.png"), "my own notes");
        assertThat(refused("generate", run, "--out", precious.toString())).contains("precious.png");
        assertThat(precious).hasContent("my own notes");
        assertThat(refused("interpolate", run, "--from", "0", "--to", "400")).contains("400", "0 … 399");
        assertThat(refused("interpolate", run, "--from", "-1", "--to", "0")).contains("0 … 399");
        assertThat(refused("interpolate", run, "--from", "0")).contains("--to");
        assertThat(refused("interpolate", run, "--from", "0", "--to", "1", "--steps", "1"))
                .contains("--steps");
        assertThat(refused(
                        "interpolate",
                        run,
                        "--from",
                        "0",
                        "--to",
                        folder.resolve("no.jpg").toString()))
                .contains("no.jpg");
        assertThat(refused("attribute", run, "--attribute", "smile", "--image", "400"))
                .contains("400", "0 … 399");
        assertThat(refused("attribute", run, "--attribute", "glases")).contains("glasses");
        assertThat(refused("attribute", flat, "--attribute", "smile")).contains("toy-digits");
        assertThat(refused("latent", run, "--out", folder.resolve("map.png").toString()))
                .contains(".svg");
    }

    @Test
    void filesThatAreNoPicturesAreRefusedByName() throws IOException {
        var image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
        Path whole = folder.resolve("whole.jpg");
        assertThat(ImageIO.write(image, "jpg", whole.toFile())).isTrue();
        byte[] bytes = Files.readAllBytes(whole);
        var contents = Map.of(
                "half.jpg", Arrays.copyOf(bytes, bytes.length / 2),
                "empty.png", new byte[0],
                "words.png", "a picture of me".getBytes(StandardCharsets.UTF_8),
                "large.png", header(30_000, 30_000));
        for (Map.Entry<String, byte[]> each : contents.entrySet()) {
            String file =
                    Files.write(folder.resolve(each.getKey()), each.getValue()).toString();
            assertThat(refused("interpolate", run, "--from", "0", "--to", file)).contains(each.getKey());
            assertThat(refused("attribute", run, "--attribute", "smile", "--image", file))
                    .contains(each.getKey());
        }
        // A whole one of another size is fitted.
        fathom("interpolate", run, "--from", "0", "--to", whole.toString(), "--steps", "2");
    }

    /** The beginning of a PNG file of that size. */
    private static byte[] header(int width, int height) {
        var chunk = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
        chunk.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        var sum = new CRC32();
        sum.update(chunk.array());
        var file = ByteBuffer.allocate(33).put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        return file.putInt(13).put(chunk.array()).putInt((int) sum.getValue()).array();
    }

    @Test
    void aCheckpointMayStandForItsRun() throws IOException {
        Path checkpoints = Path.of(run, "checkpoints");
        String previous = checkpoints.resolve("previous.safetensors").toString();
        var drawn = json("generate", previous, "--count", "4", "--seed", "11");
        assertThat(drawn.get("checkpoint").asString()).isEqualTo(previous);
        Path file = Path.of(drawn.get("file").asString());
        assertThat(file).isEqualTo(Path.of(run, "figures", "generated-seed11-previous.png"));
        Path usual = Path.of(json("generate", run, "--count", "4", "--seed", "11")
                .get("file")
                .asString());
        assertThat(Files.readAllBytes(usual)).isNotEqualTo(Files.readAllBytes(file));
        var evaluated = json("eval", previous);
        var best = json("eval", run);
        assertThat(evaluated.get("steps")).isNotEqualTo(best.get("steps"));
        assertThat(evaluated.get("test")).isNotEqualTo(best.get("test"));
        assertThat(json("eval", checkpoints.toString()).get("test")).isEqualTo(best.get("test"));
        assertThat(fathom("summary", previous).out()).contains("decoder.1");

        for (String command : List.of("resume", "report")) {
            assertThat(failed(command, previous)).contains("is a checkpoint", run);
        }
        assertThat(failed("generate", previous.replace("previous", "lost"))).contains("there is no checkpoint");
        Path alone = Files.copy(Path.of(previous), folder.resolve("alone.safetensors"));
        assertThat(failed("generate", alone.toString())).contains("lies in no run");
        Path another = Files.copy(alone, Path.of(flat, "checkpoints", "another.safetensors"));
        assertThat(failed("generate", another.toString()))
                .contains("is of run " + Path.of(run).getFileName());
    }

    private static String failed(String... arguments) {
        var result = Cli.run(arguments);
        assertThat(result.code()).as(Arrays.toString(arguments)).isNotZero();
        assertThat(result.err()).doesNotContain("Exception");
        return result.err();
    }

    @Test
    void otherCommandsSpeakOfNatsOrSayWhyNot() throws IOException {
        String store = folder.resolve("runs").toString();
        assertThat(fathom("runs", "--runs", store).out()).contains(" nats");
        var test = json("eval", run).get("test");
        assertThat(test.propertyNames()).containsExactly("loss", "reconstruction", "divergence");
        assertThat(fathom("eval", run).out()).contains("negative ELBO", "nats an image", "KL");

        Path out = folder.resolve("page");
        assertThat(json("report", run, "--per-class", "5", "--out", out.toString())
                        .get("test"))
                .isEqualTo(test);
        assertThat(out.resolve("report.html")).content().contains("nats", "Drawn anew");
        Path compared = folder.resolve("compared");
        assertThat(json("compare", run, flat, "--out", compared.toString())
                        .get("runs")
                        .get(0)
                        .get("test"))
                .isEqualTo(test);
        assertThat(fathom("compare", run, flat, "--out", compared.toString()).out())
                .contains(" nats")
                .doesNotContain("95 % interval");
        assertThat(fathom("compare", run, classifier, "--out", compared.toString())
                        .out())
                .contains(" nats", "95 % interval");
        var maps = json("inspect", run, "--method", "pca", "--per-class", "20").get("maps");
        assertThat(maps.valueStream().map(map -> map.get("at").asString())).containsExactly("sample", "decoder.4");

        assertThat(refused("predict", run, "me.png")).contains("autoencoder", "reconstruct");
        assertThat(refused("eval", run, "--views", "3")).contains("--views", "no classes");
        assertThat(refused("eval", classifier, "--samples", "3")).contains("classifier");
    }

    @Test
    void anEmptySplitIsSaidBeforeAnyWork() throws IOException {
        String few = trained("few", """
                experiment: few
                data: {set: toy-faces, size: 16, count: 60, validation: 0}
                model: {vae: {encoder: {chain: [flatten]}, latent: 2,
                  decoder: {chain: [{linear: 768}, {unflatten: {channels: 3, height: 16, width: 16}}, sigmoid]}}}
                training: {epochs: 1, batch: 32, optimizer: {adam: 0.003}}
                """);
        Path file = folder.resolve("from-file.png");
        ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        Path out = folder.resolve("of-nothing.png");
        for (var arguments : List.of(
                List.of("reconstruct", few),
                List.of("attribute", few, "--attribute", "smile"),
                List.of("attribute", few, "--attribute", "smile", "--image", file.toString()),
                List.of("interpolate", few, "--from", "0", "--to", "1"))) {
            var all = new ArrayList<>(arguments);
            all.addAll(List.of("--split", "validation", "--out", out.toString()));
            assertThat(refused(all.toArray(String[]::new))).contains("the validation split of toy-faces is empty");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void theGridOfCodesReplacesNothingButAPicture() throws IOException {
        Path maps = Files.createDirectories(folder.resolve("maps"));
        Path notes = Files.writeString(maps.resolve("latent-manifold.png"), "my own notes");
        Path map = maps.resolve("map.svg");
        assertThat(refused("latent", flat, "--out", map.toString()))
                .contains("latent-manifold.png is there and is no such picture");
        assertThat(notes).hasContent("my own notes");
        assertThat(map).doesNotExist();
    }
}
