package fathom.engine.torch;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How the data walks through the network once.
 *
 * @param training whether batch norm takes the batch's own averages and dropout drops
 * @param dropout where dropout draws from
 * @param texts where the real tokens are, if the data are texts
 * @param latents draws of normal numbers
 * @param watcher hears of every layer's output
 */
record Pass(
        boolean training,
        GeneratorOptional dropout,
        @Nullable Texts texts,
        Latents latents,
        Watcher watcher) {
    /** Someone who looks at the output of a layer; the tensor may be overwritten once this returns. */
    interface Watcher {
        void seen(String path, Tensor output);
    }

    static final Watcher NOBODY = (path, output) -> {};

    /** @throws IllegalStateException if the data are no texts, which the shapes of layers rule out */
    Texts requireTexts() {
        if (texts == null) {
            throw new IllegalStateException("a layer of sequences without texts");
        }
        return texts;
    }
}
