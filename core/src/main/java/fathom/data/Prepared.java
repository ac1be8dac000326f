package fathom.data;

import fathom.model.Shape;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Pictures of faces that are decoded, cut and sized.
 *
 * @param contents what they were made of
 * @param pictures gives the picture of each name; thread-safe
 */
record Prepared(Contents contents, IntFunction<byte[]> pictures) {
    /**
     * @param shape of each picture
     * @param names one for each picture
     * @param damaged members that could not be read, each with the reason
     * @param sha256 of what {@code sha256sum} prints for all members in the order of their names
     */
    record Contents(Shape shape, List<String> names, List<String> damaged, String sha256) {
        Contents {
            names = List.copyOf(names);
            damaged = List.copyOf(damaged);
        }
    }
}
