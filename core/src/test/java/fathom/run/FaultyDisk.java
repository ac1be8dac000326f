package fathom.run;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/** The real disk, but its n-th operation goes wrong in a chosen way. */
final class FaultyDisk implements Disk {
    /** How an operation goes wrong. */
    enum Fault {
        /** Half of what should be written is, and nobody says so; other operations fail. */
        SHORT_WRITE,
        /** Half of what should be written is, then the disk is full. */
        NO_SPACE,
        IO_ERROR,
        INTERRUPTED,
        /** The process dies after half the operation: nothing more happens. */
        KILLED
    }

    /** What a dead process throws here, so that nothing catches it on the way. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final Fault fault;
    private final int failing;
    private int operations;

    FaultyDisk(Fault fault, int failing) {
        this.fault = fault;
        this.failing = failing;
    }

    int operations() {
        return operations;
    }

    boolean hasStruck() {
        return operations >= failing;
    }

    private boolean isNext() {
        operations++;
        if (fault == Fault.KILLED && operations > failing) {
            throw new Killed();
        }
        return operations == failing;
    }

    private void orFail() throws IOException {
        if (isNext()) {
            fail();
        }
    }

    private void fail() throws IOException {
        switch (fault) {
            case SHORT_WRITE, IO_ERROR -> throw new IOException("Input/output error");
            case NO_SPACE -> throw new IOException("No space left on device");
            case INTERRUPTED -> throw new ClosedByInterruptException();
            case KILLED -> throw new Killed();
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        orFail();
        return new Faulty(Disk.real().create(file));
    }

    @Override
    public Output append(Path file) throws IOException {
        orFail();
        return new Faulty(Disk.real().append(file));
    }

    @Override
    public InputStream open(Path file) throws IOException {
        orFail();
        return new FilterInputStream(Disk.real().open(file)) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                orFail();
                return super.read(bytes, offset, length);
            }
        };
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        orFail();
        Disk.real().replace(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        orFail();
        Disk.real().delete(file);
    }

    @Override
    public void sync(Path folder) throws IOException {
        orFail();
        Disk.real().sync(folder);
    }

    private final class Faulty implements Output {
        private final Output out;

        Faulty(Output out) {
            this.out = out;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (!isNext()) {
                out.write(bytes);
                return;
            }
            boolean partly = fault == Fault.SHORT_WRITE || fault == Fault.NO_SPACE || fault == Fault.KILLED;
            if (partly) {
                out.write(bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2));
            }
            if (fault == Fault.SHORT_WRITE) {
                bytes.position(bytes.limit());
            } else {
                fail();
            }
        }

        @Override
        public void force() throws IOException {
            orFail();
            out.force();
        }

        @Override
        public long size() throws IOException {
            return out.size();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
