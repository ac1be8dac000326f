package fathom.data;

import fathom.model.Shape;
import java.util.Optional;

/** Some pictures of an album, turned into numbers by a table of 256 when they are read. */
final class PictureExamples implements Examples {
    private final Album album;
    private final int[] indices;
    private final float[] numbers = new float[256];

    /** @param indices which pictures of the album, in this order */
    PictureExamples(Album album, int[] indices, Data.Scale scale) {
        this.album = album;
        this.indices = indices;
        for (int value = 0; value < numbers.length; value++) {
            numbers[value] = scale.of(value);
        }
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int label(int index) {
        return album.label(indices[index]);
    }

    Optional<Attributes> attributes() {
        return album.attributes().map(attributes -> attributes.at(indices));
    }

    @Override
    public Shape shape() {
        return album.shape();
    }

    @Override
    public void read(int index, float[] out, int offset) {
        byte[] picture = album.picture(indices[index]);
        for (int i = 0; i < picture.length; i++) {
            out[offset + i] = numbers[picture[i] & 0xff];
        }
    }
}
