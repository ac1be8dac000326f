package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code fathom}, with a Java and a Maven that only pretend. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    private Path folder;

    private Path home;
    private Path lock;
    private Path temporary;

    @BeforeEach
    void layOut() throws IOException {
        home = folder.resolve("Das Haus");
        lock = home.resolve(".building");
        temporary = Files.createDirectories(folder.resolve("tmp"));
        for (String module : List.of("core", "torch", "app")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.writeString(home.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(home.resolve("pom.xml"), "");
        Files.copy(Path.of("../fathom"), home.resolve("fathom"));
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        script(bin.resolve("javac"), "");
        script(bin.resolve("java"), "echo started\n");
        maven("mkdir -p app/target/lib; touch app/target/lib/new.jar\n");
    }

    private void maven(String does) throws IOException {
        script(folder.resolve("jdk/bin/mvn"), does);
    }

    private static void script(Path file, String does) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + does);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder("sh", home.resolve("fathom").toString(), "list")
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        var environment = builder.environment();
        environment.remove("HOME");
        environment.remove("FATHOM_JAVA_HOME");
        environment.put("JAVA_HOME", folder.resolve("jdk").toString());
        environment.put("PATH", folder.resolve("jdk/bin") + ":" + environment.get("PATH"));
        environment.put("TMPDIR", temporary.toString());
        return builder.start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    private int run() throws Exception {
        var process = start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void itBuildsOnceAndKeepsNoLibraryOfABuildBefore() throws Exception {
        Path old = Files.createDirectories(home.resolve("app/target/lib")).resolve("old.jar");
        Files.writeString(old, "");
        assertThat(run()).as(err()).isZero();
        assertThat(folder.resolve("out.txt")).hasContent("started");
        assertThat(old).doesNotExist();
        assertThat(home.resolve("app/target/lib/new.jar")).exists();
        assertThat(temporary).isEmptyDirectory();
        assertThat(lock).doesNotExist();
        assertThat(run()).isZero();
        assertThat(err()).isEmpty();
    }

    @Test
    void aLockThatNamesNobodyIsTakenAfterAMinute() throws Exception {
        Files.createDirectory(lock);
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(180)));
        assertThat(run()).as(err()).isZero();
        assertThat(err()).doesNotContain("waiting");
    }

    @Test
    void whoBuildsIsSaidOnce() throws Exception {
        long other = ProcessHandle.current().pid();
        Files.createDirectory(lock);
        Files.writeString(lock.resolve("pid"), other + "\n");
        var process = start();
        while (process.isAlive() && !err().contains("waiting")) {
            Thread.sleep(10);
        }
        assertThat(err()).contains("waiting for process " + other + ", which builds", "remove " + lock);
        Files.delete(lock.resolve("pid"));
        Files.delete(lock);
        assertThat(process.waitFor()).isZero();
        assertThat(err().lines().filter(line -> line.contains("waiting"))).hasSize(1);
    }

    @Test
    void aBuildThatIsStoppedLeavesNothingBehind() throws Exception {
        maven("kill -TERM $(cat .building/pid)\nexit 1\n");
        assertThat(run()).isEqualTo(130);
        assertThat(temporary).isEmptyDirectory();
        assertThat(lock).doesNotExist();
    }
}
