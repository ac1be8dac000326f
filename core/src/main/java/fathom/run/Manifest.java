package fathom.run;

import java.util.SequencedMap;

/**
 * {@code spec.json}: how a run came to be. Written once, never changed.
 *
 * @param format version of the run folder's layout
 * @param id the folder's name
 * @param created an instant in ISO 8601, UTC
 * @param environment versions, processors, engine, threads: what the numbers may depend on
 * @param dataProvenance file names with their SHA-256, or the seed of a made-up set
 */
public record Manifest(
        int format,
        String id,
        String created,
        Spec spec,
        SequencedMap<String, String> environment,
        SequencedMap<String, String> dataProvenance) {
    /** The version of run folders that this version of Fathom writes and reads. */
    public static final int FORMAT = 1;

    public Manifest {
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "format %d is not known here (this version reads %d): use the version that wrote it"
                            .formatted(format, FORMAT));
        }
    }
}
