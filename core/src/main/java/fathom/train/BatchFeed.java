package fathom.train;

import fathom.data.Batch;
import fathom.data.Examples;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Batches in a given order, the next one made while the present one is used. A batch is good until the next one is taken:
 * two arrays take turns, which stay near the processor where new ones would not.
 */
final class BatchFeed implements Iterator<Batch>, AutoCloseable {
    /** Changes a batch before it is used. */
    interface Change {
        void apply(Batch batch, int number);
    }

    private final Examples examples;
    private final int[][] batches;
    private final Change change;
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
        this.examples = examples;
        this.batches = batches;
        this.change = change;
        this.next = first;
        this.ahead = prepare(first);
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
        Batch batch = await(ahead);
        next++;
        ahead = prepare(next);
        return batch;
    }

    private CompletableFuture<Batch> prepare(int number) {
        if (number >= batches.length) {
            return new CompletableFuture<>();
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    var batch = examples.batch(batches[number], rooms[number % 2]);
                    rooms[number % 2] = batch.inputs();
                    change.apply(batch, number);
                    return batch;
                },
                worker);
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
        worker.shutdownNow();
    }
}
