package fathom.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction for asking several questions at once (S. Holm, "A simple sequentially rejective multiple test
 * procedure", Scandinavian Journal of Statistics 6, 1979): the chance of one wrong yes among all stays below the level that
 * a corrected p is compared with.
 */
public final class Holm {
    private Holm() {}

    /**
     * Corrected p values, in the order of the given ones: the smallest is multiplied by how many there are, the next by one
     * less, and so on; none is smaller than the one before it, none larger than 1.
     */
    public static List<Double> corrected(List<Double> p) {
        int n = p.size();
        var order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparing(p::get))
                .toList();
        var corrected = new Double[n];
        double least = 0;
        for (int rank = 0; rank < n; rank++) {
            int place = order.get(rank);
            least = Math.max(least, Math.min(1, p.get(place) * (n - rank)));
            corrected[place] = least;
        }
        return List.of(corrected);
    }
}
