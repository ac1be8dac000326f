package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Names of classes that would like to be more than names. */
final class Evil {
    private static final List<String> NAMES = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=\"document.title='owned'\">",
            "</svg></title></style><script>document.title='owned'</script>",
            "Größe Übergrößenträger äöüß",
            "x".repeat(300),
            "wide 中文 👟 ".repeat(20),
            "javascript:alert(1)",
            "\u202egnirts desrever\u0000",
            "' onload='document.title=1",
            "&lt;b&gt; ${7*7} %s %n");

    private Evil() {}

    /** Gives the classes of a run, 0 to 9, these names. */
    static void name(Path run) throws IOException {
        var json = JsonMapper.builder().build();
        Path spec = run.resolve("spec.json");
        String digits = "\"classes\": ["
                + List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).stream()
                        .map(digit -> "\n    \"" + digit + "\"")
                        .collect(Collectors.joining(","))
                + "\n  ]";
        String text = Files.readString(spec);
        if (!text.contains(digits)) {
            throw new IllegalStateException("the classes are not where they were");
        }
        Files.writeString(spec, text.replace(digits, "\"classes\": " + json.writeValueAsString(NAMES)));
    }
}
