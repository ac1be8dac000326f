package fathom.data;

import fathom.config.Spelling;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of each example of a split besides its class: named numbers, some of them yes (1) or no (0). A number that is
 * not known of an example is NaN.
 */
public final class Attributes {
    private final List<String> titles;
    private final List<AttributeColumn> columns;

    /** @param titles what to call each example */
    Attributes(List<String> titles, List<AttributeColumn> columns) {
        this.titles = List.copyOf(titles);
        this.columns = List.copyOf(columns);
    }

    /** How many examples. */
    public int size() {
        return titles.size();
    }

    /** What to call an example: a person's name and a number, say. */
    public String title(int example) {
        return titles.get(example);
    }

    /** The names of the attributes. */
    public List<String> names() {
        return columns.stream().map(AttributeColumn::name).toList();
    }

    /**
     * The numbers of an attribute, one for each example, NaN where it is not known; the array is the caller's.
     *
     * @throws DataException if there is no such attribute; it names a near one and lists them all
     */
    public float[] values(String name) {
        return column(name).values();
    }

    /**
     * Whether an attribute is yes (1) or no (0), not a measure.
     *
     * @throws DataException if there is no such attribute
     */
    public boolean isBinary(String name) {
        return column(name).isBinary();
    }

    private AttributeColumn column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DataException("there is no attribute \"%s\"%s; the attributes are %s"
                        .formatted(name, Spelling.hint(name, names()), String.join(", ", names()))));
    }

    /** Those of some examples, in this order. */
    Attributes at(int[] examples) {
        return new Attributes(
                Arrays.stream(examples).mapToObj(titles::get).toList(),
                columns.stream().map(column -> column.at(examples)).toList());
    }
}
