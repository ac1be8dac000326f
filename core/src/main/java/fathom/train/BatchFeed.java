package fathom.train;

import fathom.data.Batch;
import fathom.data.Examples;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Batches in a given order, the next one made while the present one is used. */
final class BatchFeed implements Iterator<Batch>, AutoCloseable {
    /** Changes a batch before it is used. */
    interface Change {
        void apply(Batch batch, int number);
    }

    private final Examples examples;
    private final int[] order;
    private final int size;
    private final int count;
    private final Change change;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("fathom-batches").daemon().factory());
    private int next;
    private CompletableFuture<Batch> ahead;

    /**
     * Batches {@code first} … {@code count − 1} of {@code order} cut into pieces of {@code size}.
     *
     * @param count how many batches the whole order makes
     */
    BatchFeed(Examples examples, int[] order, int size, int first, int count, Change change) {
        this.examples = examples;
        this.order = order;
        this.size = size;
        this.count = count;
        this.change = change;
        this.next = first;
        this.ahead = prepare(first);
    }

    /** All examples in their own order, unchanged. */
    static BatchFeed inOrder(Examples examples, int size) {
        int[] order = new int[examples.size()];
        Arrays.setAll(order, i -> i);
        return new BatchFeed(examples, order, size, 0, (order.length + size - 1) / size, (batch, number) -> {});
    }

    @Override
    public boolean hasNext() {
        return next < count;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + count + " batches have been taken");
        }
        Batch batch = await(ahead);
        next++;
        ahead = prepare(next);
        return batch;
    }

    private CompletableFuture<Batch> prepare(int number) {
        if (number >= count) {
            return new CompletableFuture<>();
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    int from = number * size;
                    var batch = examples.batch(Arrays.copyOfRange(order, from, Math.min(from + size, order.length)));
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
