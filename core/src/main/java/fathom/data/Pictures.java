package fathom.data;

import fathom.model.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Reads single PNG and JPEG files, to ask a trained network about them. */
public final class Pictures {
    private Pictures() {}

    /**
     * One picture of exactly this shape, as bytes: channel by channel, row by row. Colours become grey by their luma if
     * the shape has one channel; grey stands three times if it has three.
     *
     * @param shape 1 or 3 channels × height × width
     * @throws DataException if it cannot be read or has another size; the message names the file
     */
    public static byte[] read(Path file, Shape shape) {
        Bitmap bitmap = channelled(file, shape);
        if (!bitmap.shape().equals(shape)) {
            throw new DataException("%s has %d×%d pixels (height × width), expected %d×%d"
                    .formatted(file, bitmap.shape().size(1), bitmap.shape().size(2), shape.size(1), shape.size(2)));
        }
        return bitmap.bytes();
    }

    /**
     * As {@link #read(Path, Shape)}, but a picture of another size is brought to that of the shape.
     *
     * @throws DataException if it cannot be read, or is too large for a border
     */
    public static byte[] read(Path file, Shape shape, Data.Fit fit) {
        return channelled(file, shape)
                .fitted(file, shape.size(1), shape.size(2), fit)
                .bytes();
    }

    /**
     * A picture from anywhere as the training pictures of {@code data} are.
     *
     * @param shape of the network's input
     * @throws DataException if it cannot be read, is empty, or cannot be brought to the shape
     */
    public static byte[] read(Path file, Shape shape, Data data, Preparation preparation) {
        if (preparation == Preparation.AS_DRAWN) {
            return read(file, shape, data);
        }
        requirePicture(file, shape);
        Bitmap picture = ImageFile.read(file);
        Bitmap prepared = preparation == Preparation.DIGIT
                ? Sketch.digit(file.toString(), picture)
                : Sketch.garment(file.toString(), picture);
        return prepared.withChannels(shape.size(0))
                .fitted(file, shape.size(1), shape.size(2), data.fit())
                .bytes();
    }

    /**
     * Pictures as a network that was trained on {@code data} takes them; their labels are all 0.
     *
     * @param files at least one
     * @param shape of the network's input
     * @throws DataException if one cannot be read, or cannot be brought to the shape
     */
    public static Batch batch(List<Path> files, Shape shape, Data data) {
        byte[][] pictures = files.stream().map(file -> read(file, shape, data)).toArray(byte[][]::new);
        int[] all = IntStream.range(0, pictures.length).toArray();
        var album = new Album(shape, pictures, new int[pictures.length]);
        return new PictureExamples(album, all, data.scale()).batch(all);
    }

    /** A picture that has another size than the network's is cut as the set's were, if it is large enough for that. */
    private static byte[] read(Path file, Shape shape, Data data) {
        Bitmap bitmap = channelled(file, shape);
        boolean cut = data.crop() > 0
                && !bitmap.shape().equals(shape)
                && Math.min(bitmap.shape().size(1), bitmap.shape().size(2)) >= data.crop();
        Bitmap whole = cut ? bitmap.fitted(file.toString(), data.withSize(0)) : bitmap;
        return whole.fitted(file, shape.size(1), shape.size(2), data.fit()).bytes();
    }

    private static Bitmap channelled(Path file, Shape shape) {
        requirePicture(file, shape);
        return ImageFile.read(file).withChannels(shape.size(0));
    }

    private static void requirePicture(Path file, Shape shape) {
        if (shape.rank() != 3 || (shape.size(0) != 1 && shape.size(0) != 3)) {
            throw new DataException(
                    "%s: a picture has a shape of 1 or 3 channels × height × width, not %s".formatted(file, shape));
        }
    }
}
