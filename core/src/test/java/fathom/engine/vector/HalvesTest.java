package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.random.Draws;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class HalvesTest {
    @Test
    void everyTaskOfEveryStageHasOneNumber() {
        var draws = Draws.of(1, "halves", 0);
        for (int trial = 0; trial < 500; trial++) {
            int[] tasks = new int[1 + draws.nextInt(4)];
            for (int s = 0; s < tasks.length; s++) {
                tasks[s] = draws.nextInt(9);
            }
            var order = new Halves(tasks);
            var places = new HashSet<Halves.Place>();
            for (int number = 0; number < order.count(); number++) {
                Halves.Place place = order.place(number);
                assertThat(place.task()).isBetween(0, tasks[place.stage()] - 1);
                places.add(place);
            }
            assertThat(places).hasSize(order.count());
        }
    }

    @Test
    void theFirstHalvesOfAllStagesComeFirstAndTheSecondOnesLast() {
        var order = new Halves(9, 3, 4);
        assertThat(order.place(3)).isEqualTo(new Halves.Place(0, 3));
        assertThat(order.place(4)).isEqualTo(new Halves.Place(1, 0));
        assertThat(order.place(6)).isEqualTo(new Halves.Place(2, 1));
        assertThat(order.place(7)).isEqualTo(new Halves.Place(0, 8));
        assertThat(order.place(8)).isEqualTo(new Halves.Place(1, 2));
        assertThat(order.place(9)).isEqualTo(new Halves.Place(0, 4));
        assertThat(order.place(15)).isEqualTo(new Halves.Place(2, 3));
    }
}
