package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyTaskIsDoneOnceAndBeforeTheCallReturns(int threads) {
        try (var team = new Team(threads)) {
            for (int count = 0; count < 40; count++) {
                var done = new AtomicIntegerArray(count);
                for (int call = 1; call <= 20; call++) {
                    team.run(count, (task, worker) -> {
                        assertThat(worker).isBetween(0, threads - 1);
                        done.incrementAndGet(task);
                    });
                    for (int task = 0; task < count; task++) {
                        assertThat(done.get(task)).isEqualTo(call);
                    }
                }
            }
        }
    }

    /** Each first task waits for the other thread's first, so both threads take part. */
    @Test
    void eachThreadBeginsWithAStretchOfItsOwn() {
        try (var team = new Team(2)) {
            var firsts = new ConcurrentHashMap<Integer, Integer>();
            var both = new CountDownLatch(2);
            team.run(9, (task, worker) -> {
                if (firsts.putIfAbsent(worker, task) == null) {
                    both.countDown();
                    assertThat(await(both)).isTrue();
                }
            });
            assertThat(firsts).containsEntry(0, 0).containsEntry(1, 4);
        }
    }

    /** The other thread's first task ends only when all else is done: by the caller, who has a shorter stretch. */
    @Test
    void whoIsDoneTakesWhatIsLeftOfTheOthers() {
        try (var team = new Team(2)) {
            var others = new CountDownLatch(8);
            var doneBy = new AtomicIntegerArray(9);
            team.run(9, (task, worker) -> {
                doneBy.set(task, worker);
                if (task == 4) {
                    assertThat(await(others)).isTrue();
                } else {
                    others.countDown();
                }
            });
            for (int task = 5; task < 9; task++) {
                assertThat(doneBy.get(task)).as("task %d", task).isEqualTo(1 - doneBy.get(4));
            }
        }
    }

    @Test
    void aTeamThatIsAloneWorksOnTheCallersThreadAndThenOnAllAgain() {
        try (var team = new Team(2)) {
            var caller = Thread.currentThread();
            team.setAlone(true);
            team.run(50, (_, worker) -> {
                assertThat(worker).isZero();
                assertThat(Thread.currentThread()).isSameAs(caller);
            });
            team.setAlone(false);
            var both = new CountDownLatch(2); // each of the two tasks waits for the other
            team.run(2, (_, _) -> {
                both.countDown();
                assertThat(await(both)).isTrue();
            });
        }
    }

    @Test
    void whatATaskThrowsIsThrownByTheCallAndTheTeamGoesOn() {
        try (var team = new Team(2)) {
            assertThatThrownBy(() -> team.run(6, (task, _) -> {
                        if (task == 5) {
                            throw new IllegalStateException("task five");
                        }
                    }))
                    .hasMessage("task five");
            var done = new AtomicIntegerArray(6);
            team.run(6, (task, _) -> done.incrementAndGet(task));
            assertThat(done).hasToString("[1, 1, 1, 1, 1, 1]");
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
