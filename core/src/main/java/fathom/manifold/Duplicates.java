package fathom.manifold;

import java.util.Arrays;

/** Rows of a matrix that are equal, grouped; groups are numbered by their first row. */
final class Duplicates {
    private final int[] groupOf;
    private final int[] starts;
    private final int[] members;

    private Duplicates(int[] groupOf, int[] starts, int[] members) {
        this.groupOf = groupOf;
        this.starts = starts;
        this.members = members;
    }

    static Duplicates of(Matrix matrix) {
        int n = matrix.rows();
        int slots = Integer.highestOneBit(Math.max(8, n)) * 4;
        int[] table = new int[slots];
        Arrays.fill(table, -1);
        int[] groupOf = new int[n];
        int[] first = new int[n];
        int groups = 0;
        for (int i = 0; i < n; i++) {
            int slot = hash(matrix, i) & (slots - 1);
            while (table[slot] >= 0 && !areEqual(matrix, first[table[slot]], i)) {
                slot = (slot + 1) & (slots - 1);
            }
            if (table[slot] < 0) {
                table[slot] = groups;
                first[groups++] = i;
            }
            groupOf[i] = table[slot];
        }
        return grouped(groupOf, groups);
    }

    private static Duplicates grouped(int[] groupOf, int groups) {
        int[] starts = new int[groups + 1];
        for (int group : groupOf) {
            starts[group + 1]++;
        }
        for (int g = 0; g < groups; g++) {
            starts[g + 1] += starts[g];
        }
        int[] next = Arrays.copyOf(starts, groups);
        int[] members = new int[groupOf.length];
        for (int i = 0; i < groupOf.length; i++) {
            members[next[groupOf[i]]++] = i;
        }
        return new Duplicates(groupOf, starts, members);
    }

    private static int hash(Matrix matrix, int row) {
        float[] values = matrix.values();
        int hash = 17;
        for (int at = row * matrix.columns(), end = at + matrix.columns(); at < end; at++) {
            hash = hash * 31 + Float.floatToRawIntBits(values[at] + 0f); // + 0 makes one of both zeros
        }
        hash *= 0x9e3779b9;
        return hash ^ hash >>> 15;
    }

    private static boolean areEqual(Matrix matrix, int row, int other) {
        float[] values = matrix.values();
        int a = row * matrix.columns();
        int b = other * matrix.columns();
        for (int c = 0; c < matrix.columns(); c++) {
            if (values[a + c] != values[b + c]) {
                return false;
            }
        }
        return true;
    }

    boolean areNone() {
        return starts.length - 1 == groupOf.length;
    }

    int groups() {
        return starts.length - 1;
    }

    int groupOf(int row) {
        return groupOf[row];
    }

    /** The first row of every group. */
    int[] firsts() {
        int[] firsts = new int[groups()];
        for (int g = 0; g < firsts.length; g++) {
            firsts[g] = members[starts[g]];
        }
        return firsts;
    }

    int size(int group) {
        return starts[group + 1] - starts[group];
    }

    /** The {@code i}-th row of a group, in ascending order. */
    int member(int group, int i) {
        return members[starts[group] + i];
    }
}
