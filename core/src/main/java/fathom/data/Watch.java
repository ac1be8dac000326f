package fathom.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream on which nothing has come for some time, so that the thread that reads it gets on. */
final class Watch implements AutoCloseable {
    private final InputStream stream;
    private final Duration patience;
    private final Thread thread;
    private volatile long lastSign = System.nanoTime();
    private volatile boolean hasFired;

    Watch(InputStream stream, Duration patience) {
        this.stream = stream;
        this.patience = patience;
        this.thread = Thread.ofVirtual().name("fathom-fetch-watch").start(this::watch);
    }

    /** Something has come. */
    void alive() {
        lastSign = System.nanoTime();
    }

    /** Whether the stream was closed because nothing came. */
    boolean hasFired() {
        return hasFired;
    }

    private void watch() {
        try {
            long left = patience.toNanos();
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = patience.toNanos() - (System.nanoTime() - lastSign);
            }
            hasFired = true;
            stream.close();
        } catch (InterruptedException | IOException e) {
            return; // the reading has ended
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
