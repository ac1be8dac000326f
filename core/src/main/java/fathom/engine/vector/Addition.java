package fathom.engine.vector;

/** The sum of two values, or, with one, a copy of it in another place or shape. */
final class Addition implements Operation {
    private final Site site;
    private final String title;
    private final Value[] summands;
    private final Value out;

    Addition(Site site, String title, Value out, Value... summands) {
        this.site = site;
        this.title = title;
        this.summands = summands;
        this.out = out;
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        for (int i = 0; i < summands.length; i++) {
            Value summand = summands[i];
            boolean isFirst = i == 0;
            schedule.perGroup(
                    title,
                    (pass, group, worker) -> Copies.run(
                            site.kernels().stretches(),
                            pass.memory,
                            summand,
                            summand.at(group, worker),
                            out,
                            out.at(group, worker),
                            isFirst),
                    summand,
                    out);
        }
    }

    @Override
    public void backward(Schedule schedule) {
        Value gradient = out.gradient();
        for (Value summand : summands) {
            if (summand.needsGradient) {
                site.intoGradient(
                        schedule,
                        summand,
                        target -> schedule.perGroup(
                                title + ", gradient",
                                (pass, group, worker) -> Copies.run(
                                        site.kernels().stretches(),
                                        pass.memory,
                                        gradient,
                                        gradient.at(group, worker),
                                        target,
                                        target.at(group, worker),
                                        true),
                                gradient,
                                target));
            }
        }
    }
}
