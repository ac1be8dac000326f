package fathom.chart;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.chart.ImagePlaces.Area;
import fathom.chart.ImagePlaces.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImagePlacesTest {
    private static final double SIDE = 20;
    private static final Area AREA = new Area(10, 30, 600, 400);

    /** Clumps, as projections have them. */
    private static List<Place> clumps(int count) {
        var random = new Random(3);
        var places = new ArrayList<Place>();
        for (int i = 0; i < count; i++) {
            double x = 10 + 60 * (i * 10 / count) + 20 * random.nextGaussian();
            places.add(new Place(i, Math.clamp(x, 20, 600), Math.clamp(230 + 80 * random.nextGaussian(), 40, 420)));
        }
        return places;
    }

    @Test
    void onTheGridNoneOverlapAndNoneIsFarFromHome() {
        var all = clumps(2000);
        var kept = ImagePlaces.of(all, ImageScatter.Placing.GRID, SIDE, AREA);
        assertThat(new HashSet<>(
                        kept.stream().map(place -> place.x() + " " + place.y()).toList()))
                .hasSameSizeAs(kept);
        for (Place place : kept) {
            Place home = all.get(place.index());
            assertThat(Math.abs(place.x() - home.x())).isLessThanOrEqualTo(1.5 * SIDE);
            assertThat(Math.abs(place.y() - home.y())).isLessThanOrEqualTo(1.5 * SIDE);
            assertThat((place.x() - AREA.left()) / SIDE % 1).isEqualTo(0.5);
        }
    }

    /** Points sorted by class: each tenth is a class of its own, and lies elsewhere. */
    @Test
    void noClassIsCrowdedOut() {
        var kept = ImagePlaces.of(clumps(2000), ImageScatter.Placing.GRID, SIDE, AREA);
        for (int c = 0; c < 10; c++) {
            int from = c * 200;
            assertThat(kept)
                    .filteredOn(place -> place.index() / 200 * 200 == from)
                    .hasSizeGreaterThan(5);
        }
    }

    @Test
    void allAreDrawnWhereTheyBelongIfTheyMayOverlap() {
        var all = clumps(500);
        assertThat(ImagePlaces.of(all, ImageScatter.Placing.OVERLAPPING, SIDE, AREA))
                .containsExactlyInAnyOrderElementsOf(all);
    }
}
