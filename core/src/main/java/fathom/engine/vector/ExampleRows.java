package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;

/** The numbers of a value as rows, one an example, for sums that run over examples. */
final class ExampleRows {
    private final Site site;
    private final Value value;
    private final int step;
    private final int parts;
    private final int partLength;
    private final Buffer rows;
    private final Value square;
    private int[] places = new int[0];

    /** @param step from one row to the next; what is beyond the value's numbers is 0 */
    ExampleRows(Site site, Value value, int step) {
        this(site, value, step, 1);
    }

    /** @param parts how many summands {@link #read} adds, one after the other in the buffer */
    ExampleRows(Site site, Value value, int step, int parts) {
        this.site = site;
        this.value = value;
        this.step = step;
        this.parts = parts;
        partLength = Workspace.size((long) site.groups() * site.lanes() * step);
        rows = new Buffer("rows of " + value, (long) partLength * parts);
        square = new Value("square", Shape.of(site.lanes()), site.lanes(), false);
    }

    /** To be called once, when work with them is planned. */
    void plan(Schedule schedule) {
        schedule.whenPlaced(() -> places = value.places());
    }

    /** What {@link #write} and {@link #read} touch. */
    Placed[] touched() {
        return new Placed[] {value, rows, square};
    }

    Buffer buffer() {
        return rows;
    }

    int at() {
        return rows.at();
    }

    /** Where the rows of a part begin. */
    int at(int part) {
        return at() + part * partLength;
    }

    int step() {
        return step;
    }

    /** From lanes to rows, one group. */
    void write(Pass pass, int group, int worker) {
        float[] m = pass.memory;
        int examples = pass.examplesIn(group);
        int to = at() + group * site.lanes() * step;
        site.kernels().toRows(m, value.at(group, worker), places, examples, m, to, step, square.at(group, worker));
        for (int lane = 0; lane < examples; lane++) {
            Arrays.fill(m, to + lane * step + value.count(), to + (lane + 1) * step, 0);
        }
    }

    /** From rows to lanes, one group; of several parts, their sum. */
    void read(Pass pass, int group, int worker) {
        float[] m = pass.memory;
        int from = at() + group * site.lanes() * step;
        for (int part = 1; part < parts; part++) {
            site.kernels().stretches().add(m, from, from + part * partLength, pass.examplesIn(group) * step);
        }
        site.kernels()
                .toLanes(
                        m,
                        from,
                        step,
                        pass.examplesIn(group),
                        m,
                        value.at(group, worker),
                        places,
                        square.at(group, worker));
    }

    /** The sum of all rows, in whole vectors. */
    void sum(Pass pass, int to) {
        float[] m = pass.memory;
        int count = Parameters.padded(value.count(), site.lanes());
        Arrays.fill(m, to, to + count, 0);
        for (int example = 0; example < pass.examples; example++) {
            site.kernels().stretches().add(m, to, at() + example * step, count);
        }
    }
}
