package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import fathom.manifold.Matrix;
import fathom.manifold.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ManifoldCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private String points;
    private String labels;
    private String map;

    @BeforeEach
    void exportToyDigits() {
        points = folder.resolve("digits.npy").toString();
        labels = folder.resolve("digits.labels.npy").toString();
        map = folder.resolve("map.npy").toString();
        var export = Cli.run("data", "export", "toy-digits", points, "--count", "300");
        assertThat(export.err()).isEmpty();
        assertThat(export.out()).contains("wrote 350 × 784", "digits.labels.npy");
    }

    @Test
    void exportWritesPixelsFromZeroToOneWithLabelsBeside() throws IOException {
        Matrix digits = Npy.read(Path.of(points));
        float largest = 0;
        for (float value : digits.values()) {
            assertThat(value).isBetween(0f, 1f);
            largest = Math.max(largest, value);
        }
        assertThat(largest).isGreaterThan(0.5f);
        assertThat(Npy.readLabels(Path.of(labels))).hasSize(350).contains(0, 5, 9);
        Cli.run("data", "export", "toy-digits", points, "--count", "300", "--split", "test");
        assertThat(Npy.read(Path.of(points)).rows()).isEqualTo(50);
    }

    @Test
    void tsneWritesAMapAndEndsWithOneLineOfJson() throws IOException {
        var result = Cli.run("manifold", "tsne", points, map, "--iterations", "250", "--threads", "1", "--json");
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("350 points of 50 dimensions", "iteration 250/250  KL");
        JsonNode line = JSON.readTree(result.lastLine());
        assertThat(line.get("method").asString()).isEqualTo("exact");
        assertThat(line.get("iterations").asInt()).isEqualTo(250);
        assertThat(line.get("threads").asInt()).isEqualTo(1);
        assertThat(line.get("kl").asDouble()).isPositive();
        assertThat(line.get("peakMemoryMb").asInt()).isPositive();
        assertThat(line.get("seconds").propertyNames())
                .contains("read", "pca", "neighbours", "affinities", "optimise", "total");
        assertThat(Npy.read(Path.of(map)).columns()).isEqualTo(2);
    }

    @Test
    void qualityMeasuresTheMap() {
        Cli.run("manifold", "tsne", points, map, "--iterations", "500", "--threads", "1");
        var result = Cli.run("manifold", "quality", points, map, "--labels", labels, "--threads", "1", "--json");
        assertThat(result.code()).isZero();
        JsonNode line = JSON.readTree(result.lastLine());
        assertThat(line.get("trustworthiness12").asDouble()).isBetween(0.7, 1.0);
        assertThat(line.get("labelAccuracy10").asDouble()).isGreaterThan(0.25);
        assertThat(Cli.run("manifold", "quality", points, map, "--threads", "1").out())
                .contains("kl ", "continuity12")
                .doesNotContain("labelAccuracy10");
    }

    @Test
    void qualityOfFewPointsLooksAtFewerNeighbours() throws IOException {
        Npy.write(Path.of(points), Matrix.of(5, 2, new float[] {0, 0, 1, 0, 0, 1, 5, 5, 6, 5}));
        var result = Cli.run("manifold", "quality", points, points, "--threads", "1");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("trustworthiness2 ", "continuity2 ", "recall4 ");
        Npy.write(Path.of(points), Matrix.of(2, 2, new float[] {0, 0, 1, 0}));
        assertThat(Cli.run("manifold", "quality", points, points).err())
                .contains("quality is of at least 3 points, got 2");
    }

    @Test
    void whatQualityCannotMeasureIsToldBeforeAnyWork() throws IOException {
        var wide = Cli.run("manifold", "quality", points, points);
        assertThat(wide.code()).isEqualTo(2);
        assertThat(wide.err()).contains("KL is of maps of 2 or 3 columns, this has 784");
        Npy.write(Path.of(map), Matrix.of(350, 2, new float[700]));
        assertThat(Cli.run("manifold", "quality", points, map, "--perplexity", "-5")
                        .err())
                .contains("perplexity must be at least 1, got -5.0");
        Npy.writeLabels(Path.of(labels), new int[3]);
        assertThat(Cli.run("manifold", "quality", points, map, "--labels", labels)
                        .err())
                .contains("digits.labels.npy has 3 labels for 350 points");
    }

    @Test
    void pcaTellsWhatItHolds() throws IOException {
        var result = Cli.run("manifold", "pca", points, map, "--components", "20", "--json");
        assertThat(result.code()).isZero();
        JsonNode line = JSON.readTree(result.lastLine());
        assertThat(line.get("explained").asDouble()).isBetween(0.3, 1.0);
        assertThat(line.get("variances").size()).isEqualTo(20);
        assertThat(Npy.read(Path.of(map)).columns()).isEqualTo(20);
    }

    @Test
    void aMapIsDrawnAsDotsAndAsPictures() throws IOException {
        Cli.run("manifold", "pca", points, map, "--components", "2", "--threads", "1");
        Path svg = folder.resolve("Karte für alle.svg");
        var dots = Cli.run("manifold", "draw", map, svg.toString(), "--labels", labels, "--names", "zero,one");
        assertThat(dots.out()).contains("350 points drawn to");
        assertThat(Files.readString(svg)).startsWith("<svg").contains(">zero<", ">one<", ">9<", "map.npy");
        String png = folder.resolve("map.png").toString();
        assertThat(Cli.run("manifold", "draw", map, png, "--images", points).code())
                .isZero();
        assertThat(Files.size(Path.of(png))).isGreaterThan(10_000);

        assertThat(Cli.run("manifold", "draw", map, png).err()).contains("a map of dots is an .svg file");
        assertThat(Cli.run("manifold", "draw", map, png, "--images", map).err())
                .contains("holds 350 × 2 numbers: give a square picture for each of the 350 points");
        Npy.write(folder.resolve("one.npy"), Matrix.of(3, 1, new float[3]));
        assertThat(Cli.run("manifold", "draw", folder + "/one.npy", svg.toString())
                        .err())
                .contains("a map has at least 2 columns");
        Npy.write(folder.resolve("three.npy"), Matrix.of(3, 2, new float[6]));
        assertThat(Cli.run("manifold", "draw", folder + "/three.npy", svg.toString(), "--labels", labels)
                        .err())
                .contains("has 350 labels for 3 points");
        assertThat(Cli.run("manifold", "draw", map, labels).err()).contains("OUT names a .png or .svg file");
        Path other = Files.writeString(folder.resolve("notes.svg"), "my notes");
        assertThat(Cli.run("manifold", "draw", map, other.toString()).err()).contains("is no such picture");
        assertThat(other).hasContent("my notes");
    }

    @Test
    void aGivenStartAndThreeDimensionsAreTaken() throws IOException {
        var first = Cli.run("manifold", "tsne", points, map, "--iterations", "20", "--dims", "3", "--init", "random");
        assertThat(first.code()).isZero();
        assertThat(Npy.read(Path.of(map)).columns()).isEqualTo(3);
        var second = Cli.run("manifold", "tsne", points, map, "--iterations", "5", "--init", map);
        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err()).contains("the given start is 350 × 3, but the map is to be 350 × 2");
    }

    @Test
    void wrongUseIsToldBeforeAnyWork() {
        assertThat(Cli.run("manifold", "tsne", points, folder + "/none/map.npy").err())
                .contains("there is no folder");
        var missing = Cli.run("manifold", "pca", folder + "/no.npy", map, "--components", "2");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("there is no file");
        var many = Cli.run("manifold", "pca", points, map, "--components", "1000");
        assertThat(many.code()).isEqualTo(2);
        assertThat(many.err()).contains("350 × 784 points have 1 … 350 components, got k = 1000");
        assertThat(Cli.run("manifold", "tsne", points, map, "--perplexity", "0").err())
                .contains("perplexity must be at least 1");
        assertThat(Cli.run("manifold", "tsne", points, map, "--learning-rate", "fast")
                        .err())
                .contains("--learning-rate is auto or a number; got fast");
        assertThat(Cli.run("manifold", "tsne", points, map, "--dims", "3", "--method", "mesh")
                        .err())
                .contains("the mesh method makes maps of 2 dimensions");
        assertThat(Path.of(map)).doesNotExist();
        var intoFolder = Cli.run("manifold", "pca", points, folder.toString(), "--components", "2");
        assertThat(intoFolder.err()).contains("it is there and is no regular file");
        var ofFolder = Cli.run("manifold", "pca", folder.toString(), map, "--components", "2");
        assertThat(ofFolder.code()).isEqualTo(3);
        assertThat(ofFolder.err()).contains("cannot read " + folder + ": it is a folder");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDeviceIsNoPlaceForAMap() {
        assertThat(Cli.run("manifold", "pca", points, "/dev/null", "--components", "2")
                        .err())
                .contains("cannot write to /dev/null: it is there and is no regular file");
    }

    @Test
    void whatIsNotAllowedIsToldBeforeAnyWork() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path old = Files.writeString(closed.resolve("map.npy"), "old");
        assertThat(closed.toFile().setWritable(false)).isTrue();
        assertThat(Path.of(points).toFile().setReadable(false)).isTrue();
        assumeFalse(Files.isWritable(closed), "root may write everywhere");
        assertThat(Cli.run("manifold", "pca", labels, old.toString(), "--components", "1")
                        .err())
                .contains("cannot write to " + old + ": writing to " + closed + " is not allowed");
        assertThat(Cli.run("manifold", "pca", points, map, "--components", "2").err())
                .contains("cannot read " + points + ": reading it is not allowed");
    }

    @Test
    void numbersOfACsvFileAreExported() throws IOException {
        Path csv = folder.resolve("flowers.csv");
        Files.writeString(csv, "a,b,kind\n1,2.5,0\n3,-4e2,1\n\n");
        var result = Cli.run("data", "export", csv.toString(), points, "--label-column", "2");
        assertThat(result.code()).isZero();
        assertThat(Npy.read(Path.of(points)).values()).containsExactly(1, 2.5f, 3, -400);
        assertThat(Npy.readLabels(Path.of(labels))).containsExactly(0, 1);
        Files.writeString(csv, "1,2\n3,x\n");
        var broken = Cli.run("data", "export", csv.toString(), points);
        assertThat(broken.code()).isEqualTo(3);
        assertThat(broken.err()).contains("flowers.csv, line 2, value 2: \"x\" is no number");
    }
}
