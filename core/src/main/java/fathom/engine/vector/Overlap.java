package fathom.engine.vector;

/**
 * Two families of streams that are multiplied position by position; see {@link Kernels#correlate}. Stream i of a family
 * begins at its offset i; position (r, p) lies r row steps and p steps further.
 */
final class Overlap {
    final int[] left;
    final int leftRow;
    final int leftStep;
    final int[] right;
    final int rightRow;
    final int rightStep;
    final int rows;
    final int columns;

    Overlap(int[] left, int leftRow, int leftStep, int[] right, int rightRow, int rightStep, int rows, int columns) {
        this.left = left;
        this.leftRow = leftRow;
        this.leftStep = leftStep;
        this.right = right;
        this.rightRow = rightRow;
        this.rightStep = rightStep;
        this.rows = rows;
        this.columns = columns;
    }

    Overlap swapped() {
        return new Overlap(right, rightRow, rightStep, left, leftRow, leftStep, rows, columns);
    }

    /** Some left streams with some right ones. */
    record Block(int firstLeft, int lefts, int firstRight, int rights) {
        Block swapped() {
            return new Block(firstRight, rights, firstLeft, lefts);
        }
    }
}
