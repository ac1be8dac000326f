package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes of the made-up archive of six people: 12 pictures, two of each. */
class AttributesTest {
    private static final String LABELS = """
            path	person	imagenum	gender	age_estimate
            Ada_A/Ada_A_0001.jpg	Ada_A	1	female	30
            Ada_A/Ada_A_0002.jpg	Ada_A	2		31
            Bo_B/Bo_B_0001.jpg	Bo_B	1	male	63
            Cy_C/Cy_C_0001.jpg	Cy_C	1		44
            No_Body/No_Body_0001.jpg	No_Body	1	male	12
            """;

    private static final String SCORES = """
            path	Male	Smiling
            Ada_A/Ada_A_0001.jpg	1	0
            Cy_C/Cy_C_0001.jpg	1	1
            Di_D/Di_D_0001.jpg		1
            """;

    @TempDir
    private Path place;

    @BeforeEach
    void writeArchive() {
        MadeUp.write(place.resolve("lfw/lfw.tgz"), FaceArchive.ofSix().packed());
    }

    @Test
    void tablesAreJoinedToThePicturesByTheirPaths() {
        write("labels.tsv", LABELS);
        write("attributes73.tsv", SCORES);
        var set = open();
        assertThat(of(set, "gender"))
                .containsEntry("Ada A 1", 0f)
                .containsEntry("Ada A 2", Float.NaN)
                .containsEntry("Bo B 1", 1f)
                .containsEntry("Di D 1", Float.NaN)
                .hasSize(12);
        assertThat(of(set, "age_estimate")).containsEntry("Ada A 2", 31f).containsEntry("Flo F 1", Float.NaN);
        assertThat(of(set, "Smiling")).containsEntry("Cy C 1", 1f).containsEntry("Ada A 1", 0f);
        var test = set.attributes(Split.TEST).orElseThrow();
        assertThat(test.names()).containsExactly("gender", "age_estimate", "Male", "Smiling");
        assertThat(test.isBinary("Male")).isTrue();
        assertThat(test.isBinary("gender")).isTrue();
        assertThat(test.isBinary("age_estimate")).isFalse();
        assertThat(set.provenance()).containsKeys("lfw/labels.tsv", "lfw/attributes73.tsv");
    }

    @Test
    void aClassIsToldOfThePictureOrThePersonOrByTheScore() {
        write("labels.tsv", LABELS);
        write("attributes73.tsv", SCORES);
        var set = open();
        var classes = new HashMap<String, String>();
        for (Split split : Split.values()) {
            var attributes = set.attributes(split).orElseThrow();
            for (int i = 0; i < attributes.size(); i++) {
                classes.put(
                        attributes.title(i),
                        set.classes().get(set.examples(split).label(i)));
            }
        }
        assertThat(classes)
                .containsEntry("Ada A 1", "female")
                .containsEntry("Ada A 2", "female")
                .containsEntry("Bo B 1", "male")
                .containsEntry("Cy C 1", "male")
                .containsEntry("Di D 1", "unknown");
    }

    @Test
    void withoutTablesThereAreNoAttributesAndOnlyUnknownClasses() {
        var attributes = open().attributes(Split.TRAIN).orElseThrow();
        assertThat(attributes.names()).isEmpty();
        assertThat(open().examples(Split.TRAIN).label(0)).isEqualTo(2);
    }

    @Test
    void anUnknownAttributeIsAnsweredWithTheNearOne() {
        write("attributes73.tsv", SCORES);
        var attributes = open().attributes(Split.TRAIN).orElseThrow();
        assertThatThrownBy(() -> attributes.values("smilling"))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "there is no attribute \"smilling\": did you mean \"Smiling\"?; the attributes are Male, Smiling");
        assertThatThrownBy(() -> attributes.isBinary("Hat")).hasMessageContaining("the attributes are Male, Smiling");
    }

    @Test
    void valuesAreTheCallersOwn() {
        write("attributes73.tsv", SCORES);
        var attributes = open().attributes(Split.TRAIN).orElseThrow();
        attributes.values("Male")[0] = 9;
        assertThat(attributes.values("Male")[0]).isNotEqualTo(9);
    }

    @Test
    void aMalformedTableIsRefusedByFileAndLine() {
        refuses("labels.tsv", LABELS.replace("\t63", "\tsixty"), "labels.tsv:4: age_estimate should be a number");
        refuses("labels.tsv", LABELS.replace("\t63", "\t-3"), "got \"-3\"");
        refuses(
                "labels.tsv",
                LABELS.replace("\tmale\t63", "\tm\t63"),
                "gender cannot be \"m\", only one of [female, male]");
        refuses("labels.tsv", LABELS.replace("\t63", ""), "labels.tsv:4: 4 columns, the header has 5");
        refuses(
                "labels.tsv",
                LABELS + "Bo_B/Bo_B_0001.jpg\tx\t1\tmale\t1\n",
                "labels.tsv:7: Bo_B/Bo_B_0001.jpg stands in line 4");
        refuses("labels.tsv", LABELS.replace("gender", "sex"), "labels.tsv:1: there is no column \"gender\"");
        refuses("labels.tsv", "", "labels.tsv:1: the header should begin with \"path\"");
        refuses("labels.tsv", "path\tgender\tage_estimate\nx\tmale\t3\n", "names none of the 12 pictures");
        write("labels.tsv", LABELS);
        refuses(
                "attributes73.tsv",
                SCORES.replace("1\t1", "1\t2"),
                "attributes73.tsv:3: Smiling cannot be \"2\", only one of [0, 1]");
        refuses("attributes73.tsv", SCORES.replace("Smiling", "Male"), "a name stands twice in the header");
    }

    private void refuses(String file, String content, String message) {
        write(file, content);
        assertThatThrownBy(this::open).isInstanceOf(DataException.class).hasMessageContaining(message);
    }

    private static Map<String, Float> of(Dataset set, String name) {
        var values = new HashMap<String, Float>();
        for (Split split : Split.values()) {
            var attributes = set.attributes(split).orElseThrow();
            float[] numbers = attributes.values(name);
            for (int i = 0; i < numbers.length; i++) {
                values.put(attributes.title(i), numbers[i]);
            }
        }
        return values;
    }

    private Dataset open() {
        return Lfw.open(Data.of("lfw"), new DataPlaces(List.of(place)));
    }

    private void write(String name, String content) {
        MadeUp.write(place.resolve("lfw").resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }
}
