package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    @TempDir
    private Path folder;

    @Test
    void theListHoldsTheSetsWithTheirFiles() {
        assertThat(Datasets.all())
                .extracting(Datasets.Entry::name)
                .containsExactly("mnist", "fashion-mnist", "toy-digits", "lfw", "toy-faces", "sst2", "toy-reviews");
        for (String name : List.of("mnist", "fashion-mnist")) {
            var set = (PublicSet) Datasets.find(name).orElseThrow().published().orElseThrow();
            assertThat(set.files()).hasSize(4).allMatch(file -> file.sha256().length() == 64);
            assertThat(set.base().toString()).startsWith("http").endsWith("/");
        }
        assertThat(Datasets.find("toy-digits").orElseThrow().published()).isEmpty();
        assertThat(Datasets.find("toy-faces").orElseThrow().published()).isEmpty();
        assertThat(Datasets.find("lfw").orElseThrow().published()).isPresent();
        assertThat(Datasets.find("cifar")).isEmpty();
    }

    @Test
    void aMadeUpSetNeedsNoFiles() {
        var set = Datasets.open(data("toy-digits"), new DataPlaces(List.of(folder)));
        assertThat(set.examples(Split.TRAIN).size()).isEqualTo(54);
    }

    @Test
    void aFolderOfImagesIsOpenedByItsPath() {
        for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
            MadeUp.write(folder.resolve(name), Png.grey(1, 1, new byte[1]));
        }
        var set = Datasets.open(data(folder.toString()), new DataPlaces(List.of(folder)));
        assertThat(set.classes()).containsExactly("a", "b");
        assertThat(set.name()).isEqualTo(folder.getFileName().toString());
    }

    @Test
    void misspeltNamesAreGuessed() {
        assertUnknown(
                "mnits", "called \"mnits\": did you mean \"mnist\"?; the sets are mnist, fashion-mnist, toy-digits");
        assertUnknown("fashion", "called \"fashion\"; the sets are");
        assertUnknown("Fashion_MNIST", "did you mean \"fashion-mnist\"?");
        assertUnknown("toydigits", "did you mean \"toy-digits\"?");
        assertUnknown("x".repeat(5000), "the sets are mnist");
        assertUnknown("nul\0byte", "the sets are mnist");
    }

    private void assertUnknown(String name, String message) {
        assertThatThrownBy(() -> Datasets.open(data(name), new DataPlaces(List.of(folder))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMissingSetSaysWhereWasLookedAndWhatToDo() {
        MadeUp.write(folder.resolve("one/mnist/" + MadeUp.TRAIN_LABELS), new byte[1]);
        var places = new DataPlaces(List.of(folder.resolve("one"), folder.resolve("two")));
        assertThatThrownBy(() -> Datasets.open(data("mnist"), places))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "one/mnist: no train-images-idx3-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels")
                .hasMessageContaining("two/mnist: no such folder")
                .hasMessageContaining("fathom data fetch mnist");
    }

    @Test
    void theFirstFolderWithEveryFileIsTaken() {
        var contents = MadeUp.contents(8, 4, 1);
        var set = MadeUp.publish("made-up", contents);
        MadeUp.write(folder.resolve("one/made-up/" + MadeUp.TRAIN_LABELS), new byte[1]);
        MadeUp.write(folder.resolve("two/made-up"), contents);
        MadeUp.write(folder.resolve("three/made-up"), contents);
        var places = new DataPlaces(List.of(folder.resolve("one"), folder.resolve("two"), folder.resolve("three")));
        assertThat(set.folder(places)).isEqualTo(folder.resolve("two/made-up"));
    }

    @Test
    void verifyingTellsWholeMissingAndDamagedFiles() {
        var contents = MadeUp.contents(8, 4, 1);
        var set = MadeUp.publish("made-up", contents);
        var places = new DataPlaces(List.of(folder.resolve("empty"), folder));
        assertThat(set.verify(places)).extracting(FileCheck::state).containsOnly(FileCheck.State.MISSING);
        MadeUp.write(folder.resolve("made-up"), contents);
        assertThat(set.verify(places)).extracting(FileCheck::state).containsOnly(FileCheck.State.PRESENT);
        MadeUp.write(folder.resolve("made-up/" + MadeUp.TEST_LABELS), new byte[7]);
        assertThat(folder.resolve("made-up/" + MadeUp.TRAIN_LABELS).toFile().delete())
                .isTrue();
        var checks = set.verify(places);
        assertThat(checks)
                .extracting(FileCheck::state)
                .containsExactly(
                        FileCheck.State.PRESENT,
                        FileCheck.State.MISSING,
                        FileCheck.State.PRESENT,
                        FileCheck.State.DAMAGED);
        var damaged = checks.getLast();
        assertThat(damaged.path()).isEqualTo(folder.resolve("made-up/" + MadeUp.TEST_LABELS));
        assertThat(damaged.expected()).isEqualTo(set.files().getLast().sha256());
        assertThat(damaged.actual()).isEqualTo(FileBytes.sha256(new byte[7]));
        assertThat(damaged.reason()).contains("expected SHA-256");
    }

    @Test
    void dataIsLookedForInTheNamedFolderTheVariableAndTheCache() {
        Path home = Path.of("/home/ada");
        var named = DataPlaces.of(
                Optional.of(Path.of("mine")),
                Map.of("FATHOM_DATA", "/data", "XDG_CACHE_HOME", "/cache"),
                home,
                "Linux");
        assertThat(named.folders()).containsExactly(Path.of("mine"), Path.of("/data"), Path.of("/cache/fathom"));
        assertThat(named.cache()).isEqualTo(Path.of("/cache/fathom"));
        var cacheFirst = DataPlaces.of(
                Optional.of(Path.of("/cache/fathom")),
                Map.of("FATHOM_DATA", "/data", "XDG_CACHE_HOME", "/cache"),
                home,
                "Linux");
        assertThat(cacheFirst.folders()).startsWith(Path.of("/cache/fathom"), Path.of("/data"));
        assertThat(cacheFirst.cache()).isEqualTo(Path.of("/cache/fathom"));
        assertThat(cache(Map.of(), "Linux")).isEqualTo(home.resolve(".cache/fathom"));
        assertThat(cache(Map.of("FATHOM_DATA", " ", "XDG_CACHE_HOME", "relative"), "Linux"))
                .isEqualTo(home.resolve(".cache/fathom"));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/cache"), "Mac OS X"))
                .isEqualTo(home.resolve("Library/Caches/fathom"));
        assertThat(cache(Map.of(), "Windows 11")).isEqualTo(home.resolve("AppData/Local/fathom"));
    }

    private static Path cache(Map<String, String> environment, String system) {
        var places = DataPlaces.of(Optional.empty(), environment, Path.of("/home/ada"), system);
        assertThat(places.folders()).hasSize(1);
        return places.cache();
    }

    @Test
    void aFolderIsLookedInOnce() {
        var environment = Map.of("FATHOM_DATA", "/data", "XDG_CACHE_HOME", "/cache");
        var data = DataPlaces.of(Optional.of(Path.of("/data")), environment, Path.of("/home/ada"), "Linux");
        assertThat(data.folders()).containsExactly(Path.of("/data"), Path.of("/cache/fathom"));
        var cache = Map.of("FATHOM_DATA", "/cache/fathom", "XDG_CACHE_HOME", "/cache");
        assertThat(cache(cache, "Linux")).isEqualTo(Path.of("/cache/fathom"));
    }

    @Test
    void aChangeOfOneSettingLeavesTheOthers() {
        var data = Data.of("lfw").withCrop(224).withText(Text.usual().withPhrases(true));
        assertThat(data.withValidation(0.5)).isNotEqualTo(data);
        assertThat(data.withValidation(0.5).withValidation(data.validation())).isEqualTo(data);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused(" ", 0, 0.1, 1, 0, "set must name");
        assertRefused("mnist", -1, 0.1, 1, 0, "size must be in 0 … 1024, got -1");
        assertRefused("mnist", 0, 1, 1, 0, "validation must be at least 0 and below 1, got 1.0");
        assertRefused("mnist", 0, Double.NaN, 1, 0, "got NaN");
        assertRefused("mnist", 0, 0.1, 0, 0, "count must be in 1 … 1000000, got 0");
        assertRefused("mnist", 0, 0.1, 1, -1, "limitTrain must be in");
        assertThatThrownBy(() -> new Data.Scale.Normalise(0, 0)).hasMessage("deviation must be above 0, got 0.0");
        assertThatThrownBy(() -> new Data.Scale.Normalise(Double.NaN, 1)).hasMessageContaining("mean");
    }

    private static void assertRefused(String set, int size, double validation, int count, int limit, String message) {
        assertThatThrownBy(() -> new Data(
                        set, new Data.Scale.Unit(), size, Data.Fit.PAD, validation, 0, List.of(), count, limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Data data(String set) {
        return new Data(set, new Data.Scale.Unit(), 0, Data.Fit.RESIZE, 0.1, 0, List.of(), 60, 0);
    }
}
