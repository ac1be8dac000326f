package fathom.engine.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * How a sum over windows walks along one side of a picture, rows or columns.
 *
 * @param taps which numbers are summed at each position
 * @param positions how many there are
 * @param source numbers on this side of what is read
 * @param sourceStride from one position to the next in what is read
 * @param first the first position in what is written
 * @param stride from one position to the next in what is written
 */
record Axis(List<Tap> taps, int positions, int source, int sourceStride, int first, int stride) {
    /**
     * One summand.
     *
     * @param kernel its place in the kernel
     * @param step how far it lies from the position
     */
    record Tap(int kernel, int step) {}

    /**
     * Some positions that see the same taps within the picture; the other taps would only see the border's zeros.
     *
     * @param firstTap in the axis's list
     */
    record Band(int firstPosition, int positions, int firstTap, int taps) {}

    /** From the large side of a convolution to its small one: each number sums a window. */
    static Axis gather(int large, int small, Convolution.Geometry g) {
        var taps = new ArrayList<Tap>();
        for (int k = 0; k < g.kernel(); k++) {
            taps.add(new Tap(k, k - g.padding()));
        }
        return new Axis(taps, small, large, g.stride(), 0, 1);
    }

    /**
     * The other way, one part of it: those numbers of the large side that lie at {@code remainder} modulo the stride all
     * see the same taps of the kernel.
     */
    static Axis spread(int small, int large, int remainder, Convolution.Geometry g) {
        var taps = new ArrayList<Tap>();
        for (int k = 0; k < g.kernel(); k++) {
            int distance = remainder + g.padding() - k;
            if (distance % g.stride() == 0) {
                taps.add(new Tap(k, distance / g.stride()));
            }
        }
        int positions = Math.max(0, Math.ceilDiv(large - remainder, g.stride()));
        return new Axis(taps, positions, small, 1, remainder, g.stride());
    }

    /** How far some tap reaches beyond the ends of what is read. */
    int border() {
        int border = 0;
        for (Tap tap : taps) {
            border = Math.max(border, -tap.step());
            border = Math.max(border, (positions - 1) * sourceStride + tap.step() - (source - 1));
        }
        return border;
    }

    /** The positions, in bands. */
    List<Band> bands() {
        var bands = new ArrayList<Band>();
        for (int position = 0; position < positions; position++) {
            int firstTap = 0;
            while (firstTap < taps.size() && !sees(position, firstTap)) {
                firstTap++;
            }
            int end = firstTap;
            while (end < taps.size() && sees(position, end)) {
                end++;
            }
            Band last = bands.isEmpty() ? null : bands.getLast();
            if (last != null && last.firstTap() == firstTap && last.taps() == end - firstTap) {
                bands.removeLast();
                bands.add(new Band(last.firstPosition(), last.positions() + 1, firstTap, end - firstTap));
            } else {
                bands.add(new Band(position, 1, firstTap, end - firstTap));
            }
        }
        return bands;
    }

    private boolean sees(int position, int tap) {
        int at = position * sourceStride + taps.get(tap).step();
        return at >= 0 && at < source;
    }
}
