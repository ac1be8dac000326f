package fathom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path root;

    private RunStore store;

    @BeforeEach
    void open() {
        store = storeAt(NOON);
    }

    private RunStore storeAt(Instant time) {
        return new RunStore(root.resolve("runs"), Clock.fixed(time, ZoneOffset.UTC));
    }

    @Test
    void aNewRunIsAFolderThatSaysEverythingThatMadeIt() {
        Run run = Specs.create(store, "fashion");

        assertThat(run.id()).matches("20261121-120000-fashion-[0-9a-f]{4}");
        assertThat(run.folder().getParent()).isEqualTo(root.resolve("runs/fashion"));
        assertThat(run.manifest())
                .isEqualTo(new Manifest(
                        1,
                        run.id(),
                        "2026-11-21T12:00:00Z",
                        Specs.spec("fashion"),
                        List.of(4),
                        List.of("red", "green", "blue"),
                        Specs.facts("java", "25"),
                        Specs.CLOUDS.provenance()));
        assertThat(run.summary()).isEqualTo(Summary.of(run.manifest()));
        assertThat(run.state()).isEqualTo(Run.State.INTERRUPTED);
        assertThat(run.events()).isEmpty();
    }

    @Test
    void theSpecIsWrittenWithItsDefaultsSoThatLaterOnesChangeNothing() throws IOException {
        Run run = Specs.create(store, "fashion");
        assertThat(Files.readString(run.file("spec.json")))
                .contains("\"validation\": 0.1")
                .contains("\"nesterov\": false")
                .contains("\"bias\": true");
    }

    @Test
    void aFolderThatWasNeverFinishedIsNoRun() throws IOException {
        Run run = Specs.create(store, "fashion");
        Files.createDirectories(run.folder().resolveSibling(".20261121-120001-fashion-0000/checkpoints"));
        assertThat(store.list()).hasSize(1);
        assertThat(store.find("latest").id()).isEqualTo(run.id());
        try (var entries = Files.list(root.resolve("runs/fashion"))) {
            assertThat(entries).hasSize(2); // creating the run left nothing else
        }
    }

    @Test
    void longNamesStillGiveIdsOfEightyCharacters() {
        Run run = Specs.create(store, "x".repeat(80));
        assertThat(run.id()).hasSizeLessThanOrEqualTo(80).matches("[a-z0-9][a-z0-9._-]{0,79}");
    }

    @Test
    void aRunIsFoundByPathIdBeginningOrAge() {
        Run old = Specs.create(store, "one");
        Run late = Specs.create(storeAt(NOON.plusSeconds(60)), "two");

        assertThat(store.find(old.folder().toString()).id()).isEqualTo(old.id());
        assertThat(store.find(old.id()).folder()).isEqualTo(old.folder());
        assertThat(store.find("20261121-120000").id()).isEqualTo(old.id());
        assertThat(store.find("last").id()).isEqualTo(late.id());
        assertThat(store.find("latest").id()).isEqualTo(late.id());
        assertThatThrownBy(() -> store.find("20261121"))
                .isInstanceOf(StoreException.class)
                .hasMessage("\"20261121\" begins the names of 2 runs: write more of it");
        assertThatThrownBy(() -> store.find("nothing\u0000"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no run")
                .hasMessageContaining("the newest is " + late.id());
        assertThatThrownBy(() -> new RunStore(root.resolve("empty")).find("last"))
                .hasMessage("there are no runs in %s: train one first, or name another folder", root.resolve("empty"));
    }

    @Test
    void aCheckpointIsFoundWithItsRun() throws IOException {
        Run run = Specs.create(store, "one");
        Path file = Files.createFile(run.file("checkpoints/last.safetensors"));

        assertThat(store.findWeights(file.toString()).chosen()).contains(file);
        assertThat(store.findWeights(file.toString()).folder()).isEqualTo(run.folder());
        assertThat(store.findWeights("last").chosen()).isEmpty();
        assertThat(store.find(run.file("checkpoints").toString()).folder()).isEqualTo(run.folder());
        assertThatThrownBy(() -> store.find(file.toString()))
                .isInstanceOf(StoreException.class)
                .hasMessage("%s is a checkpoint, but this needs the whole run: %s", file, run.folder());
        assertThatThrownBy(() -> store.findWeights(file + "x.safetensors"))
                .hasMessage("there is no checkpoint %s", file + "x.safetensors");
        Path stray = Files.createFile(run.file("stray.safetensors"));
        assertThatThrownBy(() -> store.findWeights(stray.toString()))
                .hasMessage(
                        "%s lies in no run: a checkpoint is read with the run around it, RUN/checkpoints/NAME.safetensors",
                        stray);
    }

    @Test
    void damagedRunsAreListedWithTheirReasonBesideTheGoodOnes() throws IOException {
        Run good = Specs.create(store, "a");
        Run empty = Specs.create(store, "a");
        Files.delete(empty.file("summary.json"));
        Run half = Specs.create(store, "a");
        Files.writeString(
                half.file("summary.json"),
                Files.readString(half.file("summary.json")).substring(0, 40));
        Run binary = Specs.create(store, "b");
        Files.write(binary.file("summary.json"), new byte[] {0, 1, 2, (byte) 0xff});
        Run wrongType = Specs.create(store, "b");
        Files.delete(wrongType.file("summary.json"));
        Files.createDirectory(wrongType.file("summary.json"));
        Run longLine = Specs.create(store, "b");
        Files.writeString(longLine.file("summary.json"), "{\"id\": \"" + "x".repeat(10 << 20) + "\"}");
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.copy(good.file("summary.json"), outside.resolve("summary.json"));
        Path link = Files.createSymbolicLink(root.resolve("runs/a/20261121-120000-a-link"), outside);
        Run linked = Specs.create(store, "b");
        Files.delete(linked.file("summary.json"));
        Files.createSymbolicLink(linked.file("summary.json"), outside.resolve("summary.json"));
        Files.writeString(root.resolve("runs/notes.txt"), "not a run");
        Files.writeString(root.resolve("runs/a/notes.txt"), "not a run");

        List<RunStore.Listed> listed = store.list();

        assertThat(listed).hasSize(8);
        assertThat(listed.stream().filter(RunStore.Listed.Intact.class::isInstance))
                .singleElement()
                .satisfies(intact -> assertThat(intact.run().id()).isEqualTo(good.id()));
        assertThat(reason(listed, empty.id())).isEqualTo("run %s is damaged: it has no summary.json", empty.id());
        assertThat(reason(listed, half.id())).contains("summary.json").contains("not JSON");
        assertThat(reason(listed, binary.id())).contains("not JSON");
        assertThat(reason(listed, wrongType.id())).endsWith("summary.json is not a file");
        assertThat(reason(listed, longLine.id())).endsWith("larger than 1024 KiB");
        assertThat(reason(listed, linked.id())).endsWith("summary.json is not a file");
        assertThat(reason(listed, String.valueOf(link.getFileName())))
                .endsWith("is a link, which may lead out of the store");
    }

    private static String reason(List<RunStore.Listed> listed, String id) {
        return listed.stream()
                .filter(one -> one.run().id().equals(id))
                .map(one -> one instanceof RunStore.Listed.Damaged(var _, String reason) ? reason : "")
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDamagedSpecIsExplained() throws IOException {
        Run run = Specs.create(store, "a");
        Files.writeString(
                run.file("spec.json"), Files.readString(run.file("spec.json")).replace("\"seed\": 7", "\"sed\": 7"));
        assertThatThrownBy(run::spec)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("spec.json:")
                .hasMessageContaining("did you mean \"seed\"?");
        Files.writeString(run.file("spec.json"), "{\"format\": 2}");
        assertThatThrownBy(run::manifest).isInstanceOf(StoreException.class);
    }

    @Test
    void aThousandRunsAreListed() throws IOException {
        Run model = Specs.create(store, "many");
        String text = Files.readString(model.file("summary.json"))
                .replace("\"plannedEpochs\"", "\"end\": \"finished\", \"plannedEpochs\"");
        for (int i = 0; i < 999; i++) {
            Path folder = Files.createDirectory(root.resolve("runs/many/20261121-120000-many-x%04d".formatted(i)));
            Files.writeString(folder.resolve("summary.json"), text);
        }
        assertThat(store.list()).hasSize(1000).allMatch(RunStore.Listed.Intact.class::isInstance);
    }

    @Test
    void processesThatShareAStoreGetRunsOfTheirOwn() throws IOException, InterruptedException {
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            processes.add(LockHolder.start("create", root.resolve("runs").toString(), "25")
                    .start());
        }
        var ids = new HashSet<String>();
        for (Process process : processes) {
            try (BufferedReader out = process.inputReader()) {
                out.lines().forEach(id -> assertThat(ids.add(id)).isTrue());
            }
            assertThat(process.waitFor()).isZero();
        }
        assertThat(ids).hasSize(100);
        assertThat(store.list()).hasSize(100).allMatch(RunStore.Listed.Intact.class::isInstance);
    }
}
