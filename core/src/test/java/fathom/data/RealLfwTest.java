package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.model.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails, rather than passes silently, where {@code FATHOM_DATA} does not name a folder with the real files. */
@Tag("real")
class RealLfwTest {
    @TempDir
    private static Path cache;

    @Test
    void everyPictureIsReadAndEveryPersonHasAsManyAsAreListed() throws IOException {
        var set = open();
        assertThat(set.shape()).isEqualTo(Shape.of(3, 64, 64));
        assertThat(set.provenance())
                .containsEntry("pictures", "13233")
                .containsEntry(
                        "sha256 of names and contents",
                        "d74b84a8b052eb400a6d69dcce66460240bf4cd659d924c13bc90ce1fced9bce")
                .doesNotContainKey("damaged");
        var counted = new TreeMap<String, Integer>();
        var splits = new HashMap<String, Split>();
        for (Split split : Split.values()) {
            var attributes = set.attributes(split).orElseThrow();
            for (int i = 0; i < attributes.size(); i++) {
                String person = attributes.title(i).replaceAll(" \\d+$", "");
                counted.merge(person, 1, Integer::sum);
                assertThat(splits.put(person, split)).as(person).isIn(split, null);
            }
        }
        assertThat(counted).isEqualTo(listed()).hasSize(5749);
        assertThat(splits.values().stream().filter(split -> split == Split.TEST))
                .hasSize(575);
        assertThat(splits.values().stream().filter(split -> split == Split.VALIDATION))
                .hasSize(517);
    }

    /** Counts are those that the tables' own description gives. */
    @Test
    void attributesAreJoined() {
        var set = open();
        assertThat(set.classes()).containsExactly("female", "male", "unknown");
        assertThat(known(set, "gender", 1)).isEqualTo(10_263);
        assertThat(known(set, "gender", 0)).isEqualTo(2_966);
        assertThat(known(set, "Male", 1) + known(set, "Male", 0)).isEqualTo(13_143);
        assertThat(known(set, "Senior", 1) / 13_143.0).isBetween(0.2135, 0.2145);
        assertThat(set.attributes(Split.TRAIN).orElseThrow().names())
                .hasSize(75)
                .contains("gender", "age_estimate", "Smiling", "Strong_Nose-Mouth_Lines");
        int[] classes = new int[3];
        for (Split split : Split.values()) {
            var examples = set.examples(split);
            for (int i = 0; i < examples.size(); i++) {
                classes[examples.label(i)]++;
            }
        }
        assertThat(classes).containsExactly(2_966, 10_266, 1);
    }

    private Map<String, Integer> listed() throws IOException {
        var listed = new TreeMap<String, Integer>();
        Path file = here().folders().getFirst().resolve("lfw").resolve("lfw-names.txt");
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] cells = line.split("\t", -1);
            listed.put(cells[0].replace('_', ' '), Integer.valueOf(cells[1]));
        }
        return listed;
    }

    private static int known(Dataset set, String attribute, int value) {
        int count = 0;
        for (Split split : Split.values()) {
            for (float number : set.attributes(split).orElseThrow().values(attribute)) {
                count += number == value ? 1 : 0;
            }
        }
        return count;
    }

    private Dataset open() {
        var data = Data.of("lfw").withCrop(224).withSize(64);
        return Lfw.open(data, new DataPlaces(List.of(here().folders().getFirst(), cache)));
    }

    private static DataPlaces here() {
        return DataPlaces.here(Optional.empty());
    }
}
