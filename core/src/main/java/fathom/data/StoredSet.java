package fathom.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A data set that lies in files, which are looked for in the folders of a {@link DataPlaces}. */
public sealed interface StoredSet permits LfwFiles, PublicSet {
    /** Also the name of the folder in which the files lie. */
    String name();

    /** The first folder in which every file lies that is needed; empty if there is none. */
    Optional<Path> find(DataPlaces places);

    /** How each file stands. Reads every file. */
    List<FileCheck> verify(DataPlaces places);

    /** What a user can do to get the files. */
    String remedy(DataPlaces places);
}
