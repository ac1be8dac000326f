package fathom.engine.vector;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that share out numbered tasks, the caller among them. Each begins with a stretch of its own, which is the
 * same for as many tasks: what it has read and written of a group or of the weights is near when their numbers come up again.
 * Whoever is done with it takes what is left of the others', so a thread that the system has put aside holds up at most the
 * task in its hands. Which thread takes which task never changes a result.
 */
final class Team implements AutoCloseable {
    private static final int SPINS_BEFORE_SLEEP = 4_000;
    private static final int SPINS_BEFORE_NAP = 4_000;
    private static final int NAP_NANOS = 20_000;

    /** Numbers that different threads write lie so far apart that no two are in the same or in neighbouring cache lines. */
    private static final int APART = 2 * Layout.LINE;

    /** One piece of work. */
    interface Task {
        /** @param worker which thread works: 0 is the caller */
        void run(int number, int worker);
    }

    private final Thread[] members;
    private final AtomicInteger sleepers = new AtomicInteger();
    private volatile Call current = new Call(0, 1, (_, _) -> {});
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
        var call = new Call(count, threads(), task);
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
        private final int threads;
        private final Task task;

        /** How many tasks of each thread's stretch have been taken. */
        private final AtomicIntegerArray taken;

        private final AtomicInteger done = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Call(int count, int threads, Task task) {
            this.count = count;
            this.threads = threads;
            this.task = task;
            taken = new AtomicIntegerArray(APART * (threads + 1));
        }

        void work(int worker) {
            for (int owner = worker; owner < worker + threads; owner++) {
                workOn(owner % threads, worker);
            }
        }

        /** What is left of an owner's stretch. */
        private void workOn(int owner, int worker) {
            int first = first(owner);
            int end = first(owner + 1);
            int place = APART * (owner + 1);
            for (int i = first + taken.getAndIncrement(place); i < end; i = first + taken.getAndIncrement(place)) {
                try {
                    task.run(i, worker);
                } catch (RuntimeException | Error thrown) {
                    failure = thrown;
                }
                done.incrementAndGet();
            }
        }

        private int first(int owner) {
            return (int) ((long) count * owner / threads);
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
