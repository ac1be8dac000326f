package fathom.engine.torch;

import org.bytedeco.pytorch.Tensor;

/** A layer ready to run: a function from a batch of inputs (batch first) to a batch of outputs. */
@FunctionalInterface
interface Node {
    Tensor run(Tensor x, Pass pass);
}
