package fathom.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a data set says of itself.
 *
 * @param name what tables call it
 * @param classes a label is an index into them
 * @param provenance what it was made of
 */
record About(String name, List<String> classes, SequencedMap<String, String> provenance) {
    About {
        classes = List.copyOf(classes);
        provenance = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(provenance));
    }
}
