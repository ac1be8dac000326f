package fathom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DocumentTest {

    private static Stream<Arguments> bombs() {
        var aliases = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            aliases.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }
        return Stream.of(
                Arguments.of("bomb.yaml", "[\n".repeat(100_000), "bomb.yaml:51:1: nested deeper than 50 levels"),
                Arguments.of("bomb.json", "[".repeat(100_000), "bomb.json:1:51: nested deeper than 50 levels"),
                Arguments.of("bomb.yaml", "{a: ".repeat(10_000), "bomb.yaml:1:201: nested deeper than 50 levels"),
                Arguments.of("bomb.yaml", "- ".repeat(10_000), "bomb.yaml:1:101: nested deeper than 50 levels"),
                Arguments.of(
                        "bomb.yaml",
                        aliases.toString(),
                        "bomb.yaml:1:5: anchors (&name) are not allowed: write the value out"),
                Arguments.of("bomb.yaml", "[".repeat(100_000), "bomb.yaml:1:1: a line of more than 65536 characters"),
                Arguments.of("bomb.yaml", "x".repeat((1 << 20) + 1), "bomb.yaml: larger than 1024 KiB"));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void bombsAreRefusedQuickly(String source, String text, String message) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(1),
                () -> assertThatThrownBy(() -> Document.parse(source, text))
                        .isInstanceOf(ConfigException.class)
                        .hasMessage(message));
    }

    @Test
    void hugeScalarsAreRefusedQuicklyWithShortMessages() {
        for (String value : new String[] {
            "1".repeat(60_000), "x".repeat(900_000), "1e" + "9".repeat(60_000), "|\n" + "     x\n".repeat(100_000)
        }) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(1),
                    () -> assertThatThrownBy(() -> Sample.binder()
                                    .read(
                                            Document.parse(
                                                    "my.yaml", Sample.YAML.replace("epochs: 5", "epochs: " + value)),
                                            Sample.Whole.class))
                            .isInstanceOf(ConfigException.class)
                            .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300)));
        }
    }

    @Test
    void everyNodeKnowsItsPlace() {
        var mapping = (Node.Mapping) Document.parse("a.yaml", "one: 1\ntwo:\n  - x\n  -   y\n");
        assertThat(mapping.get("one").orElseThrow().place()).hasToString("a.yaml:1:6");
        assertThat(mapping.entries().get(1).place()).hasToString("a.yaml:2:1");
        var two = (Node.Sequence) mapping.get("two").orElseThrow();
        assertThat(two.items().get(1).place()).hasToString("a.yaml:4:7");

        var json = (Node.Mapping) Document.parse("a.json", "{\"one\": 1,\n \"two\": [true]}");
        assertThat(json.entries().get(1).place()).hasToString("a.json:2:2");
    }

    @Test
    void mistakesInJsonHaveTheirPlace() {
        assertThatThrownBy(() -> Document.parse("a.json", "{\"one\": 1,\n \"two\": NaN}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("a.json:2:12: not JSON: Non-standard token 'NaN'");
        assertThatThrownBy(() -> Document.parse("a.json", "{\"one\": 1} {}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("a.json:1:12: a second document starts here: one file holds one document");
    }

    @Test
    void filesThatCannotBeReadAreExplained(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> Document.read(missing)).hasMessage(missing + ": there is no such file");

        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> Document.read(binary)).hasMessage(binary + ": is not UTF-8 text");

        Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> Document.read(large)).hasMessage(large + ": larger than 1024 KiB");

        assertThatThrownBy(() -> Document.read(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(folder + ": cannot be read: ");
    }

    @Test
    void damagedDocumentsGiveNothingButOurOwnException() {
        var random = new Random(20);
        int refused = 0;
        for (int i = 0; i < 4000; i++) {
            boolean json = i % 2 == 0;
            String name = json ? "mutant.json" : "mutant.yaml";
            String text = json
                    ? Json.indented(Sample.binder().expand(Document.parse("s", Sample.YAML), Sample.Whole.class))
                    : Sample.YAML;
            String mutant = mutated(text, random);
            try {
                Sample.binder().read(Document.parse(name, mutant), Sample.Whole.class);
            } catch (ConfigException _) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("this document threw " + e + ":\n" + mutant, e);
            }
        }
        assertThat(refused).isGreaterThan(2000);
    }

    private static String mutated(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String characters = "{}[]:,-&*!|>'\"%@`#?\n\t \\09aeE.+~\u0000\u0085\uffff";
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) characters.charAt(random.nextInt(characters.length()));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    int length = random.nextInt(bytes.length - at);
                    System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length), length);
                }
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
