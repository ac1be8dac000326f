package fathom.engine.vector;

/** One step of the plan: some layers, fused. */
interface Operation {
    /** Plans the way forward. */
    void forward(Schedule schedule);

    /** Plans the way back: from the gradient of the result to those of the inputs and of the weights. */
    void backward(Schedule schedule);

    /** What it makes. */
    Value result();
}
