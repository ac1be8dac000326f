package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path HOME = Path.of("..");

    @Test
    void theJavaInTheReadmeIsTheExampleThatIsTested() throws IOException {
        String readme = Files.readString(HOME.resolve("README.md"));
        String shown = readme.substring(readme.indexOf("```java") + "```java".length());
        shown = shown.substring(0, shown.indexOf("```")).strip();
        String example = Files.readString(Path.of("src/test/java/examples/TrainDigits.java"));
        assertThat(squeezed(example)).contains(squeezed(shown));
    }

    private static String squeezed(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
