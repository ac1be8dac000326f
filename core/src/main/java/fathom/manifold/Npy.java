package fathom.manifold;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes NumPy's array files: one header, then the numbers.
 *
 * <p>Format: NumPy Enhancement Proposal 1, versions 1 to 3. Matrices may be float32 or float64 in C order, little-endian;
 * labels may also be integers. Anything else is refused by name. Sizes are checked against the file before memory is taken.
 */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 64 << 10;
    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SIZES = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");

    private Npy() {}

    /**
     * Reads a matrix of float32 or float64; an array of one axis becomes one column.
     *
     * @throws IOException if the file is no such array, is cut short, or holds more than its header says
     */
    public static Matrix read(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            Header header = header(file, in);
            if (!header.type.equals("<f4") && !header.type.equals("<f8")) {
                throw new IOException("%s holds numbers of type %s: a matrix must be float32 (<f4) or float64 (<f8); "
                                .formatted(file, header.type)
                        + "convert it with array.astype('float32')");
            }
            float[] values = new float[header.count()];
            int[] at = {0};
            boolean isDouble = header.bytes == 8;
            each(in, header, buffer -> {
                while (buffer.hasRemaining()) {
                    values[at[0]++] = isDouble ? (float) buffer.getDouble() : buffer.getFloat();
                }
            });
            return Matrix.of(header.rows, header.columns, values);
        }
    }

    /**
     * How many rows and columns {@link #read} would give, by the header and the length of the file alone.
     *
     * @throws IOException if the file is no such array, is cut short, or holds more than its header says
     */
    public static int[] shape(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            Header header = header(file, in);
            return new int[] {header.rows, header.columns};
        }
    }

    /**
     * Reads labels: whole numbers in one axis (or one column), stored as integers or as floats.
     *
     * @throws IOException if the file is no such array or a label is not a whole number in the range of an int
     */
    public static int[] readLabels(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            Header header = header(file, in);
            if (header.columns != 1) {
                throw new IOException("%s has %d columns: labels need one".formatted(file, header.columns));
            }
            int[] labels = new int[header.count()];
            int[] at = {0};
            each(in, header, buffer -> {
                while (buffer.hasRemaining()) {
                    double value = switch (header.type) {
                        case "|u1", "<u1" -> buffer.get() & 0xff;
                        case "|i1", "<i1" -> buffer.get();
                        case "<i4" -> buffer.getInt();
                        case "<i8" -> buffer.getLong();
                        case "<f4" -> buffer.getFloat();
                        default -> buffer.getDouble();
                    };
                    if (value != (int) value) {
                        throw new IOException("%s: label %d is %s, not a whole number in the range of an int"
                                .formatted(file, at[0], value));
                    }
                    labels[at[0]++] = (int) value;
                }
            });
            return labels;
        }
    }

    /** Writes a matrix as float32, version 1; an older file of that name is replaced only when all is written. */
    public static void write(Path file, Matrix matrix) throws IOException {
        float[] values = matrix.values();
        String sizes = "(%d, %d)".formatted(matrix.rows(), matrix.columns());
        write(file, "<f4", sizes, 4L * values.length, (buffer, from) -> {
            int i = (int) (from / 4);
            while (buffer.hasRemaining()) {
                buffer.putFloat(values[i++]);
            }
        });
    }

    /** Writes labels as int32 in one axis. */
    public static void writeLabels(Path file, int[] labels) throws IOException {
        write(file, "<i4", "(%d,)".formatted(labels.length), 4L * labels.length, (buffer, from) -> {
            int i = (int) (from / 4);
            while (buffer.hasRemaining()) {
                buffer.putInt(labels[i++]);
            }
        });
    }

    private record Header(String type, int bytes, int rows, int columns, long dataAt) {
        int count() {
            return rows * columns;
        }
    }

    private interface Reader {
        void take(ByteBuffer buffer) throws IOException;
    }

    private interface Writer {
        void fill(ByteBuffer buffer, long from);
    }

    private static void each(FileChannel in, Header header, Reader reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        long left = (long) header.count() * header.bytes;
        in.position(header.dataAt);
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            fill(in, buffer);
            left -= buffer.limit();
            reader.take(buffer.flip());
        }
    }

    private static void fill(FileChannel in, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                throw new IOException("the file ended early");
            }
        }
    }

    private static Header header(Path file, FileChannel in) throws IOException {
        if (in.size() < MAGIC.length + 4) {
            throw new IOException("%s is not a .npy file: it holds only %d bytes".formatted(file, in.size()));
        }
        ByteBuffer start = ByteBuffer.allocate(MAGIC.length + 2);
        fill(in, start);
        if (!Arrays.equals(Arrays.copyOf(start.array(), MAGIC.length), MAGIC)) {
            throw new IOException("%s is not a .npy file: it does not start with \\x93NUMPY".formatted(file));
        }
        int version = start.get(MAGIC.length) & 0xff;
        if (version < 1 || version > 3) {
            throw new IOException("%s is of .npy version %d: versions 1 to 3 can be read".formatted(file, version));
        }
        ByteBuffer size = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
        if (in.size() < start.capacity() + size.capacity()) {
            throw new IOException("%s ends inside its header: fetch or write it again".formatted(file));
        }
        fill(in, size);
        long length = version == 1 ? size.getShort(0) & 0xffff : size.getInt(0) & 0xffffffffL;
        long dataAt = in.position() + length;
        if (length > LONGEST_HEADER || dataAt > in.size()) {
            throw new IOException("%s says its header has %d bytes: that is more than it holds or than is sensible"
                    .formatted(file, length));
        }
        ByteBuffer text = ByteBuffer.allocate((int) length);
        fill(in, text);
        return parsed(file, new String(text.array(), StandardCharsets.UTF_8), dataAt, in.size());
    }

    private static Header parsed(Path file, String text, long dataAt, long fileSize) throws IOException {
        String type = field(file, TYPE, text, "descr");
        int bytes = switch (type) {
            case "<f4", "<i4" -> 4;
            case "<f8", "<i8" -> 8;
            case "|u1", "|i1", "<u1", "<i1" -> 1;
            default ->
                throw new IOException(
                        "%s holds numbers of type %s: only little-endian float32 and float64 can be read (and int labels)"
                                .formatted(file, type));
        };
        if (field(file, ORDER, text, "fortran_order").equals("True")) {
            throw new IOException(
                    "%s is stored in Fortran order: only C order can be read; write it again with ".formatted(file)
                            + "np.save(file, np.ascontiguousarray(array))");
        }
        long[] sizes = sizes(file, field(file, SIZES, text, "shape"));
        if (sizes.length < 1 || sizes.length > 2) {
            throw new IOException(
                    "%s has %d axes: a matrix needs two (points × coordinates)".formatted(file, sizes.length));
        }
        long rows = sizes[0];
        long columns = sizes.length == 2 ? sizes[1] : 1;
        if (rows < 1 || columns < 1 || rows > Integer.MAX_VALUE - 8 || columns > (Integer.MAX_VALUE - 8) / rows) {
            throw new IOException("%s is %d × %d: sizes must be positive and hold fewer than 2^31 numbers"
                    .formatted(file, rows, columns));
        }
        long expected = dataAt + rows * columns * bytes;
        if (expected != fileSize) {
            throw new IOException("%s should have %d bytes for %d × %d of %s but has %d: fetch or write it again"
                    .formatted(file, expected, rows, columns, type, fileSize));
        }
        long needed = 4 * rows * columns;
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most) {
            throw new IOException(
                    "%s holds %d × %d numbers, which take %d MB, but the JVM may take only %d MB: start it with a larger -Xmx"
                            .formatted(file, rows, columns, needed >> 20, most >> 20));
        }
        return new Header(type, bytes, (int) rows, (int) columns, dataAt);
    }

    private static long[] sizes(Path file, String inner) throws IOException {
        try {
            return Arrays.stream(inner.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IOException("%s has a shape that is no list of sizes: (%s)".formatted(file, inner), e);
        }
    }

    private static String field(Path file, Pattern pattern, String text, String name) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("%s has no readable '%s' in its header".formatted(file, name));
        }
        return matcher.group(1);
    }

    private static void write(Path file, String type, String sizes, long bytes, Writer writer) throws IOException {
        String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, sizes);
        int padded = (MAGIC.length + 4 + text.length() + 1 + 63) / 64 * 64;
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            write(partial, padded, text, bytes, writer);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            throw e; // names the file
        } catch (IOException e) {
            throw new IOException("cannot write %s: %s".formatted(file, e.getMessage()), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void write(Path partial, int padded, String text, long bytes, Writer writer) throws IOException {
        int length = padded - MAGIC.length - 4;
        try (FileChannel out = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
            head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
            head.put((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
            put(out, head.flip());
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
            for (long at = 0; at < bytes; at += buffer.capacity()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), bytes - at));
                writer.fill(buffer, at);
                put(out, buffer.flip());
            }
        }
    }

    private static void put(FileChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }
}
