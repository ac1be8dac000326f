package fathom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLockTest {
    @TempDir
    Path folder;

    @Test
    void aRunIsWrittenByOneAtATimeInThisProcess() {
        try (var _ = RunLock.take(folder)) {
            assertThat(RunLock.isHeld(folder)).isTrue();
            assertThatThrownBy(() -> RunLock.take(folder))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessage("run %s is being written by this process", folder.getFileName());
        }
        assertThat(RunLock.isHeld(folder)).isFalse();
        RunLock.take(folder).close();
    }

    @Test
    void anotherProcessIsNamedAndItsDeathFreesTheRun() throws IOException, InterruptedException {
        Process holder = LockHolder.start("hold", folder.toString()).start();
        try (BufferedReader out = holder.inputReader()) {
            assertThat(out.readLine()).isEqualTo("held");

            assertThat(RunLock.isHeld(folder)).isTrue();
            assertThatThrownBy(() -> RunLock.take(folder))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessageStartingWith(
                            "run %s is being written by pid %d on ".formatted(folder.getFileName(), holder.pid()))
                    .hasMessageEndingWith(": wait for it, or stop it first");

            holder.destroyForcibly().waitFor();
            assertThat(RunLock.isHeld(folder)).isFalse();
            RunLock.take(folder).close();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void lookingAtALockDoesNotLoseIt() throws IOException {
        try (var _ = RunLock.take(folder)) {
            for (int i = 0; i < 100; i++) {
                assertThat(RunLock.isHeld(folder)).isTrue();
            }
            Process other = LockHolder.start("hold", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.PIPE)
                    .start();
            try (BufferedReader error = other.errorReader()) {
                assertThat(error.readLine())
                        .contains("RunLockedException")
                        .contains("pid " + ProcessHandle.current().pid());
            } finally {
                other.destroyForcibly();
            }
        }
    }
}
