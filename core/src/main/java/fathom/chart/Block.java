package fathom.chart;

import java.util.List;

/** A part of a network diagram. */
public sealed interface Block {

    /**
     * One layer.
     *
     * @param path its place in the network; becomes {@code data-path}
     * @param title the layer in a few words
     * @param shape of what leaves it
     * @param note a short remark, the number of parameters for instance; may be empty
     */
    record Box(String path, String title, String shape, String note, Kind kind) implements Block {}

    /**
     * One after the other.
     *
     * @param name framed and named with it; empty for no frame
     */
    record Row(String name, List<Block> parts) implements Block {
        public Row {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Side by side with one input, joined at the end. A row without parts is a plain line: the shortcut of a residual block.
     *
     * @param shape of what leaves the join
     */
    record Fork(String path, List<Block> branches, Join join, String shape) implements Block {
        public Fork {
            branches = List.copyOf(branches);
            if (branches.size() < 2) {
                throw new IllegalArgumentException("a fork has two branches or more, got " + branches.size());
            }
        }
    }

    /** How branches are joined. */
    enum Join {
        /** Along the channels. */
        CONCATENATE,
        /** Number by number. */
        ADD
    }

    /** What a layer does, for its colour. */
    enum Kind {
        CONVOLUTION,
        DENSE,
        NORM,
        ACTIVATION,
        POOL,
        DROPOUT,
        RECURRENT,
        SHAPE,
        OTHER
    }
}
