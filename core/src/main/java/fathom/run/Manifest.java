package fathom.run;

import fathom.data.DataException;
import fathom.data.Dataset;
import fathom.model.Shape;
import java.util.List;
import java.util.SequencedMap;

/**
 * {@code spec.json}: how a run came to be. Written once, never changed.
 *
 * @param format version of the run folder's layout
 * @param id the folder's name
 * @param created an instant in ISO 8601, UTC
 * @param input the sizes of one example, as the network gets it
 * @param classes their names; a label is an index into them
 * @param environment versions, processors, engine, threads: what the numbers may depend on
 * @param dataProvenance file names with their SHA-256, or the seed of a made-up set
 */
public record Manifest(
        int format,
        String id,
        String created,
        Spec spec,
        List<Integer> input,
        List<String> classes,
        SequencedMap<String, String> environment,
        SequencedMap<String, String> dataProvenance) {
    /** The version of run folders that this version of Fathom writes and reads. */
    public static final int FORMAT = 1;

    public Manifest {
        input = List.copyOf(input);
        classes = List.copyOf(classes);
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "format %d is not known here (this version reads %d): use the version that wrote it"
                            .formatted(format, FORMAT));
        }
    }

    /** The shape of one example, as the network gets it. */
    public Shape inputShape() {
        return new Shape(input);
    }

    /**
     * Makes sure that a data set is what the run began with.
     *
     * @throws DataException if its files or seed differ; the message names what
     */
    void requireSameData(Dataset dataset) {
        if (!dataset.provenance().equals(dataProvenance)) {
            throw new DataException("the data of run %s has changed: it began with %s, here is %s"
                    .formatted(id, dataProvenance, dataset.provenance()));
        }
    }
}
