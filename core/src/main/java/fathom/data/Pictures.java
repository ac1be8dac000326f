package fathom.data;

import fathom.model.Shape;
import java.nio.file.Path;

/** Reads single PNG and JPEG files, to ask a trained network about them. */
public final class Pictures {
    private Pictures() {}

    /**
     * A picture from anywhere as the training pictures of {@code data} are.
     *
     * @param shape of the network's input
     * @throws DataException if it cannot be read, is empty, or cannot be brought to the shape
     */
    public static byte[] read(Path file, Shape shape, Data data, Preparation preparation) {
        requirePicture(file, shape);
        if (preparation == Preparation.AS_DRAWN) {
            return read(file, shape, data);
        }
        Bitmap picture = ImageFile.read(file);
        Bitmap prepared = preparation == Preparation.DIGIT
                ? Sketch.digit(file.toString(), picture)
                : Sketch.garment(file.toString(), picture);
        return prepared.withChannels(shape.size(0))
                .fitted(file, shape.size(1), shape.size(2), data.fit())
                .bytes();
    }

    /** A picture that has another size than the network's is cut as the set's were, if it is large enough for that. */
    private static byte[] read(Path file, Shape shape, Data data) {
        Bitmap bitmap = ImageFile.read(file).withChannels(shape.size(0));
        boolean cut = data.crop() > 0
                && !bitmap.shape().equals(shape)
                && Math.min(bitmap.shape().size(1), bitmap.shape().size(2)) >= data.crop();
        Bitmap whole = cut ? bitmap.fitted(file.toString(), data.withSize(0)) : bitmap;
        return whole.fitted(file, shape.size(1), shape.size(2), data.fit()).bytes();
    }

    private static void requirePicture(Path file, Shape shape) {
        if (shape.rank() != 3 || (shape.size(0) != 1 && shape.size(0) != 3)) {
            throw new DataException(
                    "%s: a picture has a shape of 1 or 3 channels × height × width, not %s".formatted(file, shape));
        }
    }
}
