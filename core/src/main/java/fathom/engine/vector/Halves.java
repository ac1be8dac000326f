package fathom.engine.vector;

/**
 * The order of all tasks of some stages that run at the same time: the first half of each stage's, then what odd numbers
 * leave over, then the second halves. So a thread that begins with the first half of all ({@link Team}) has to do with the
 * same half of each layer's weights every time.
 */
final class Halves {
    private final int[] tasks;
    private final int halves;
    private final int count;

    /** @param tasks how many each stage has */
    Halves(int... tasks) {
        this.tasks = tasks;
        int sum = 0;
        int all = 0;
        for (int each : tasks) {
            sum += each / 2;
            all += each;
        }
        halves = sum;
        count = all;
    }

    /** How many tasks there are. */
    int count() {
        return count;
    }

    /** Which task of which stage. */
    record Place(int stage, int task) {}

    /** The task that has a number. */
    Place place(int number) {
        boolean isFirst = number < halves;
        boolean isSecond = number >= count - halves;
        int left = isFirst ? number : isSecond ? number - (count - halves) : number - halves;
        int stage = 0;
        while (left >= (isFirst || isSecond ? tasks[stage] / 2 : tasks[stage] % 2)) {
            left -= isFirst || isSecond ? tasks[stage] / 2 : tasks[stage] % 2;
            stage++;
        }
        int half = tasks[stage] / 2;
        return new Place(stage, isFirst ? left : isSecond ? half + left : 2 * half);
    }
}
