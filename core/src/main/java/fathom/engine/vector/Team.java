package fathom.engine.vector;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that share out numbered tasks. Whoever is free takes the next one, the caller too, so a thread that the
 * system has put aside holds up at most the task in its hands. Which thread takes which task never changes a result.
 */
final class Team implements AutoCloseable {
    private static final int SPINS_BEFORE_SLEEP = 4_000;
    private static final int SPINS_BEFORE_NAP = 4_000;
    private static final int NAP_NANOS = 20_000;

    /** One piece of work. */
    interface Task {
        /** @param worker which thread works: 0 is the caller */
        void run(int number, int worker);
    }

    private final Thread[] members;
    private final AtomicInteger sleepers = new AtomicInteger();
    private volatile Call current = new Call(0, (_, _) -> {});
    private volatile boolean isClosed;
    private boolean isAlone;

    Team(int threads) {
        members = new Thread[threads - 1];
        Call none = current;
        for (int i = 0; i < members.length; i++) {
            int worker = i + 1;
            members[i] = Thread.ofPlatform().daemon().name("engine-", worker).start(() -> serve(worker, none));
        }
    }

    int threads() {
        return members.length + 1;
    }

    /** Whether the caller works alone from now on, though the others are there. */
    void setAlone(boolean alone) {
        isAlone = alone;
    }

    /** Runs tasks 0 … count − 1, in any order and at the same time, and returns when all are done. */
    void run(int count, Task task) {
        if (count == 1 || isAlone || members.length == 0) {
            for (int i = 0; i < count; i++) {
                task.run(i, 0);
            }
            return;
        }
        var call = new Call(count, task);
        current = call;
        if (sleepers.get() > 0) {
            for (Thread member : members) {
                LockSupport.unpark(member);
            }
        }
        call.work(0);
        call.awaitOthers();
    }

    private void serve(int worker, Call none) {
        Call seen = none;
        while (!isClosed) {
            Call call = next(seen);
            call.work(worker);
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

        void work(int worker) {
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                try {
                    task.run(number, worker);
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
                    LockSupport.parkNanos(NAP_NANOS);
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
