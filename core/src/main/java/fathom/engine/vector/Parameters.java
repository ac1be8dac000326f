package fathom.engine.vector;

import fathom.engine.Averages;
import fathom.model.Network;
import fathom.model.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The network's arrays in memory: first all weights that are trained, then as many gradients, then the optimiser's arrays
 * and the weights' averages, each block in the same order, so that an update is one walk; at last what layers average of
 * their inputs, and the averages of that. Rows of a linear layer's weights are padded to whole vectors; those of {@link
 * FirstDense} are turned, a row for each input.
 */
final class Parameters {
    /** An array; where it lies counts from the block's beginning. If it is turned, its rows here are its columns elsewhere. */
    record Slot(Parameter parameter, int offset, int rows, int columns, int rowStep, boolean isTurned) {
        int end() {
            return Layout.aligned(Workspace.size(offset + (long) rows * rowStep));
        }
    }

    private static final String WEIGHT = "weight";
    private static final int MANY_COLUMNS = 64;

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final int begin;
    private final int trained;
    private final int averages;
    private final boolean isAveraging;

    /** What is kept of each trained array besides its gradient. */
    private final List<String> kinds;

    /**
     * @param begin where the first block lies
     * @param kinds the optimiser's arrays
     * @param isAveraging whether the averages of all arrays are kept, too
     */
    Parameters(Network network, int begin, int lanes, List<String> kinds, boolean isAveraging) {
        this.begin = begin;
        this.isAveraging = isAveraging;
        this.kinds = new ArrayList<>(kinds);
        if (isAveraging) {
            this.kinds.add(Averages.KIND);
        }
        String turned = FirstDense.path(network)
                .map(path -> path.isEmpty() ? WEIGHT : path + "." + WEIGHT)
                .orElse("");
        int moved = 0;
        int kept = 0;
        for (Parameter parameter : network.parameters()) {
            int offset = parameter.trained() ? moved : kept;
            Slot slot =
                    parameter.name().equals(turned) ? turned(parameter, offset, lanes) : slot(parameter, offset, lanes);
            slots.put(parameter.name(), slot);
            if (parameter.trained()) {
                moved = slot.end();
            } else {
                kept = slot.end();
            }
        }
        trained = moved;
        averages = kept;
    }

    private static Slot slot(Parameter parameter, int offset, int lanes) {
        boolean isMatrix = parameter.shape().rank() == 2;
        int count = parameter.shape().count();
        int rows = isMatrix ? parameter.shape().size(0) : 1;
        int columns = count / rows;
        return new Slot(parameter, offset, rows, columns, isMatrix ? padded(columns, lanes) : columns, false);
    }

    /** Its rows are an odd number of cache lines apart: at a power of two they would share a few places of the first cache. */
    private static Slot turned(Parameter parameter, int offset, int lanes) {
        int rows = parameter.shape().size(1);
        int columns = parameter.shape().size(0);
        int step = columns > MANY_COLUMNS
                ? (Math.ceilDiv(columns, Layout.LINE) | 1) * Layout.LINE
                : padded(columns, lanes);
        return new Slot(parameter, offset, rows, columns, step, true);
    }

    static int padded(int columns, int lanes) {
        return Math.ceilDiv(columns, lanes) * lanes;
    }

    /** How many floats one block of trained arrays takes. */
    int blockLength() {
        return trained;
    }

    /** Where the gradients, or the optimiser's arrays, lie behind their weights. */
    int gradientShift() {
        return trained;
    }

    int stateShift(int kind) {
        return (2 + kind) * trained;
    }

    /** Where the averages lie behind their weights; only with averaging. */
    int averageShift() {
        return stateShift(kinds.size() - 1);
    }

    /** Where the layers' own averages lie; with averaging their averages follow them. */
    int averages() {
        return begin + (2 + kinds.size()) * trained;
    }

    /** How many floats the layers' own averages take. */
    int averagesLength() {
        return averages;
    }

    int begin() {
        return begin;
    }

    int end() {
        long moved = (2L + kinds.size()) * trained;
        long kept = (isAveraging ? 2L : 1L) * averages;
        return Workspace.size(begin + moved + kept);
    }

    /** Where an array lies. */
    int at(String name) {
        Slot slot = slot(name);
        return slot.offset() + (slot.parameter().trained() ? begin : averages());
    }

    /** From one row of a linear layer's weights to the next. */
    int rowStep(String name) {
        return slot(name).rowStep();
    }

    /** How many weights a row of a linear layer has. */
    int columns(String name) {
        return slot(name).columns();
    }

    /** Whether the rows of a linear layer's weights are turned to columns. */
    boolean isTurned(String name) {
        return slot(name).isTurned();
    }

    private Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no array " + name);
        }
        return slot;
    }

    SequencedMap<String, float[]> weights(float[] m) {
        var arrays = new LinkedHashMap<String, float[]>();
        slots.forEach((name, slot) -> arrays.put(name, read(m, slot, at(name))));
        return arrays;
    }

    SequencedMap<String, float[]> gradients(float[] m) {
        var arrays = new LinkedHashMap<String, float[]>();
        slots.forEach((name, slot) -> {
            if (slot.parameter().trained()) {
                arrays.put(name, read(m, slot, at(name) + gradientShift()));
            }
        });
        return arrays;
    }

    SequencedMap<String, float[]> state(float[] m) {
        var arrays = new LinkedHashMap<String, float[]>();
        forEachState((key, slot, at) -> arrays.put(key, read(m, slot, at)));
        return arrays;
    }

    /** What to do with an array of the state. */
    private interface State {
        void at(String key, Slot slot, int at);
    }

    private void forEachState(State state) {
        slots.forEach((name, slot) -> {
            if (slot.parameter().trained()) {
                for (int kind = 0; kind < kinds.size(); kind++) {
                    state.at(name + "/" + kinds.get(kind), slot, at(name) + stateShift(kind));
                }
            } else if (isAveraging) {
                state.at(name + "/" + Averages.KIND, slot, at(name) + averages);
            }
        });
    }

    /** Lets the averages begin at what the arrays are; does nothing without averaging. */
    void beginAverages(float[] m) {
        if (isAveraging) {
            System.arraycopy(m, begin, m, begin + averageShift(), trained);
            System.arraycopy(m, averages(), m, averages() + averages, averages);
        }
    }

    /** @throws IllegalArgumentException if an array is missing, unknown or of another length; nothing is written then */
    void writeWeights(float[] m, SequencedMap<String, float[]> arrays) {
        check("weights", arrays, weights(m));
        slots.forEach((name, slot) -> write(m, slot, at(name), arrays.getOrDefault(name, new float[0])));
    }

    /** @throws IllegalArgumentException as {@link #writeWeights} */
    void checkWeights(float[] m, SequencedMap<String, float[]> arrays) {
        check("weights", arrays, weights(m));
    }

    /** @throws IllegalArgumentException as {@link #writeWeights} */
    void writeState(float[] m, SequencedMap<String, float[]> arrays) {
        check("optimizer state", arrays, state(m));
        forEachState((key, slot, at) -> write(m, slot, at, arrays.getOrDefault(key, new float[0])));
    }

    void clearState(float[] m) {
        Arrays.fill(m, begin + stateShift(0), begin + stateShift(kinds.size()), 0);
    }

    private static void check(String what, SequencedMap<String, float[]> given, SequencedMap<String, float[]> own) {
        var missing =
                own.keySet().stream().filter(name -> !given.containsKey(name)).toList();
        var unknown =
                given.keySet().stream().filter(name -> !own.containsKey(name)).toList();
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the %s are not of this network: missing %s, unknown %s".formatted(what, missing, unknown));
        }
        own.forEach((name, array) -> {
            float[] other = given.getOrDefault(name, array);
            if (other.length != array.length) {
                throw new IllegalArgumentException("the array %s of the %s needs %d numbers, got %d"
                        .formatted(name, what, array.length, other.length));
            }
        });
    }

    private static float[] read(float[] m, Slot slot, int at) {
        var array = new float[slot.rows() * slot.columns()];
        if (slot.isTurned()) {
            for (int i = 0; i < array.length; i++) {
                array[i] = m[at + i % slot.rows() * slot.rowStep() + i / slot.rows()];
            }
            return array;
        }
        for (int row = 0; row < slot.rows(); row++) {
            System.arraycopy(m, at + row * slot.rowStep(), array, row * slot.columns(), slot.columns());
        }
        return array;
    }

    private static void write(float[] m, Slot slot, int at, float[] array) {
        if (slot.isTurned()) {
            for (int i = 0; i < array.length; i++) {
                m[at + i % slot.rows() * slot.rowStep() + i / slot.rows()] = array[i];
            }
            return;
        }
        for (int row = 0; row < slot.rows(); row++) {
            System.arraycopy(array, row * slot.columns(), m, at + row * slot.rowStep(), slot.columns());
        }
    }
}
