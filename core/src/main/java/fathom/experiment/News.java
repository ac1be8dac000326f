package fathom.experiment;

import fathom.train.Event;
import java.util.List;

/** What happens while an experiment is trained; told by several threads at once. */
public sealed interface News {

    /** Before anything is trained: where each run stands. */
    record Opened(List<Standing> standings) implements News {
        public Opened {
            standings = List.copyOf(standings);
        }
    }

    /** A run is begun, or continued. */
    record Begun(Standing standing) implements News {}

    /** Something happened in a run. */
    record Trained(Cell cell, Event event) implements News {}

    /** A run is left: it is whole, or failed, or stands at the epoch at which poor variants are given up. */
    record Left(Standing standing) implements News {}

    /** Variants are given up. */
    record GivenUp(int epoch, List<Variant> variants) implements News {
        public GivenUp {
            variants = List.copyOf(variants);
        }
    }

    /** Hears them. */
    @FunctionalInterface
    interface Listener {
        void on(News news);
    }
}
