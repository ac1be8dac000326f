package fathom.engine.vector;

import fathom.model.Shape;

/** Takes the examples of a batch, rows of numbers, into lanes. */
final class Input implements Operation {
    private final Site site;
    private final Value out;
    private int[] places = new int[0];

    Input(Site site, Value out) {
        this.site = site;
        this.out = out;
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.whenPlaced(() -> places = out.places());
        var scratch = new Value("square", Shape.of(site.lanes()), site.lanes(), false);
        schedule.perGroup(
                "input",
                (pass, group, worker) -> {
                    int count = out.count();
                    int first = (pass.firstExample + group * site.lanes()) * count;
                    site.kernels().touch(pass.batch.inputs(), first, pass.examplesIn(group) * count);
                    site.kernels()
                            .toLanes(
                                    pass.batch.inputs(),
                                    first,
                                    count,
                                    pass.examplesIn(group),
                                    pass.memory,
                                    out.at(group, worker),
                                    places,
                                    scratch.at(group, worker));
                },
                out,
                scratch);
    }

    @Override
    public void backward(Schedule schedule) {}
}
