package fathom.manifold;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that share out numbered tasks.
 *
 * <p>The tasks are numbered by the caller and never depend on how many threads there are, so a result is the same to the
 * last bit for one thread and for many, as long as no two tasks of one call write to the same place. A call costs a few
 * microseconds: idle members spin for a moment before they sleep, because a map takes thousands of short calls.
 */
final class Team implements AutoCloseable {
    private static final int SPINS_BEFORE_SLEEP = 2_000;
    private static final int SPINS_BEFORE_NAP = 2_000;
    private static final int NAP = 20_000;

    /** One piece of work. */
    interface Task {
        void run(int number);
    }

    private final Thread[] members;
    private volatile Call current = new Call(0, number -> {});
    private volatile boolean isClosed;
    private final AtomicInteger sleepers = new AtomicInteger();

    Team(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        members = new Thread[threads - 1];
        Call none = current;
        for (int i = 0; i < members.length; i++) {
            members[i] = Thread.ofPlatform().daemon().name("manifold-", i).start(() -> serve(none));
        }
    }

    /** Runs tasks 0 … count − 1, in any order and at the same time, and returns when all are done. */
    void run(int count, Task task) {
        if (count == 1 || members.length == 0) {
            for (int i = 0; i < count; i++) {
                task.run(i);
            }
            return;
        }
        Call call = new Call(count, task);
        current = call;
        if (sleepers.get() > 0) {
            for (Thread member : members) {
                LockSupport.unpark(member);
            }
        }
        call.work();
        call.awaitOthers();
    }

    private void serve(Call none) {
        Call seen = none;
        while (!isClosed) {
            Call call = next(seen);
            call.work();
            seen = call;
        }
    }

    /** Waits for a call other than the one seen last; spins first, then sleeps. */
    private Call next(Call seen) {
        for (int spin = 0; spin < SPINS_BEFORE_SLEEP; spin++) {
            if (current != seen || isClosed) {
                return current;
            }
            Thread.onSpinWait();
        }
        sleepers.incrementAndGet();
        while (current == seen && !isClosed) {
            LockSupport.park(this);
        }
        sleepers.decrementAndGet();
        return current;
    }

    @Override
    public void close() {
        isClosed = true;
        for (Thread member : members) {
            LockSupport.unpark(member);
        }
    }

    private static final class Call {
        private final int count;
        private final Task task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Call(int count, Task task) {
            this.count = count;
            this.task = task;
        }

        void work() {
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                try {
                    task.run(number);
                } catch (RuntimeException | Error thrown) {
                    failure = thrown;
                }
                done.incrementAndGet();
            }
        }

        void awaitOthers() {
            for (int spin = 0; done.get() < count; spin++) {
                if (spin < SPINS_BEFORE_NAP) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(NAP);
                }
            }
            switch (failure) {
                case null -> {}
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }
}
