package fathom.engine.vector;

/** Copies or adds the numbers of one value to another of as many numbers, whatever their shapes and borders. */
final class Copies {
    private Copies() {}

    static void run(Stretches loops, float[] m, Value from, int fromAt, Value to, int toAt, boolean overwrites) {
        int stretch = stretch(from, to);
        int count = from.channels * from.height * from.stretch();
        for (int i = 0; i < count; i += stretch) {
            int source = fromAt + offset(from, i);
            int target = toAt + offset(to, i);
            if (overwrites) {
                System.arraycopy(m, source, m, target, stretch);
            } else {
                loops.add(m, target, source, stretch);
            }
        }
    }

    /** How many numbers lie together in both; borders and shapes differ, but a row of one always holds whole ones of this. */
    private static int stretch(Value a, Value b) {
        int both = a.border() == 0 && b.border() == 0 ? a.channels * a.plane() : 0;
        return both > 0 ? both : a.border() == 0 ? b.stretch() : b.border() == 0 ? a.stretch() : common(a, b);
    }

    private static int common(Value a, Value b) {
        int x = a.stretch();
        int y = b.stretch();
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return x;
    }

    /** Where number i lies, counted without borders. */
    private static int offset(Value value, int i) {
        int row = i / value.stretch();
        return row / value.height * value.plane() + row % value.height * value.row() + i % value.stretch();
    }
}
