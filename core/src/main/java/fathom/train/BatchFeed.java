package fathom.train;

import fathom.data.Batch;
import fathom.data.Examples;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Batches in a given order. The next one is made while the present one is used if a processor is free for that; where as many
 * feeds are open as there are processors, a second thread a feed would only push the first off its processor (two trainings
 * at a time on two processors took 4 to 13 % longer so), and each batch is made when it is asked for. A batch is good until the
 * next one is taken: arrays are used again, which stay near the processor where new ones would not.
 */
final class BatchFeed implements Iterator<Batch>, AutoCloseable {
    /** Changes a batch before it is used. */
    interface Change {
        void apply(Batch batch, int number);
    }

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final AtomicInteger OPEN = new AtomicInteger();

    private final Examples examples;
    private final int[][] batches;
    private final Change change;
    private final boolean isAhead;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("fathom-batches").daemon().factory());
    private final float[][] rooms = new float[2][0];
    private int next;
    private CompletableFuture<Batch> ahead;

    /**
     * Batches from the {@code first} on.
     *
     * @param batches indices of the examples of each
     */
    BatchFeed(Examples examples, int[][] batches, int first, Change change) {
        this(examples, batches, first, change, OPEN.get() + 1 < PROCESSORS);
    }

    /** @param isAhead whether the next batch is made while the present one is used */
    BatchFeed(Examples examples, int[][] batches, int first, Change change, boolean isAhead) {
        this.examples = examples;
        this.batches = batches;
        this.change = change;
        this.isAhead = isAhead;
        this.next = first;
        this.ahead = prepare(first);
        OPEN.incrementAndGet();
    }

    /** All examples, unchanged. */
    static BatchFeed all(Examples examples, int size) {
        return new BatchFeed(examples, Batches.all(examples, size), 0, (batch, number) -> {});
    }

    @Override
    public boolean hasNext() {
        return next < batches.length;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + batches.length + " batches have been taken");
        }
        int number = next++;
        if (!isAhead) {
            return make(number);
        }
        Batch batch = await(ahead);
        ahead = prepare(next);
        return batch;
    }

    private CompletableFuture<Batch> prepare(int number) {
        return isAhead && number < batches.length
                ? CompletableFuture.supplyAsync(() -> make(number), worker)
                : new CompletableFuture<>();
    }

    private Batch make(int number) {
        int room = isAhead ? number % 2 : 0;
        var batch = examples.batch(batches[number], rooms[room]);
        rooms[room] = batch.inputs();
        change.apply(batch, number);
        return batch;
    }

    private static Batch await(CompletableFuture<Batch> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        OPEN.decrementAndGet();
        worker.shutdownNow();
    }
}
