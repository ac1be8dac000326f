package fathom.engine.torch;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * How the data walks through the network once.
 *
 * @param training whether batch norm takes the batch's own averages and dropout drops
 * @param dropout where dropout draws from
 * @param watcher hears of every layer's output
 */
record Pass(boolean training, GeneratorOptional dropout, Watcher watcher) {
    /** Someone who looks at the output of a layer; the tensor may be overwritten once this returns. */
    interface Watcher {
        void seen(String path, Tensor output);
    }

    static final Watcher NOBODY = (path, output) -> {};
}
