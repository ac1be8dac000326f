package fathom.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The file operations that a run's safety rests on. Production uses {@link #real()}; tests let the n-th operation fail.
 */
interface Disk {
    /** A new, empty file, replacing any of that name. */
    Output create(Path file) throws IOException;

    /** A file that grows at its end, made if need be. */
    Output append(Path file) throws IOException;

    /** For reading from the start; a symbolic link is refused. */
    InputStream open(Path file) throws IOException;

    /** Renames at one stroke: whoever looks sees the old {@code to} or the new one, whole. */
    void replace(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /** Makes the names in a folder survive a power cut. */
    void sync(Path folder) throws IOException;

    /** A file that is being written. */
    interface Output extends Closeable {
        /** Writes all that remains in {@code bytes}. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns once the contents survive a power cut. */
        void force() throws IOException;

        /** Bytes in the file so far. */
        long size() throws IOException;
    }

    static Disk real() {
        return RealDisk.ONLY;
    }
}
