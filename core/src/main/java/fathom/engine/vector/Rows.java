package fathom.engine.vector;

/** Walks two values of the same shape side by side, in stretches that are as long as their borders allow. */
final class Rows {
    /** What is done to one stretch. */
    interface Stretch {
        void run(int to, int from, int count);
    }

    private Rows() {}

    static void forEach(Value first, Value second, int firstAt, int secondAt, Stretch stretch) {
        if (first.border() == 0 && second.border() == 0) {
            stretch.run(firstAt, secondAt, first.channels * first.plane());
            return;
        }
        for (int channel = 0; channel < first.channels; channel++) {
            forEachOfPlane(
                    first, second, firstAt + channel * first.plane(), secondAt + channel * second.plane(), stretch);
        }
    }

    private static void forEachOfPlane(Value first, Value second, int firstAt, int secondAt, Stretch stretch) {
        for (int row = 0; row < first.height; row++) {
            stretch.run(firstAt + row * first.row(), secondAt + row * second.row(), first.stretch());
        }
    }
}
