package fathom.engine.vector;

/** Sigmoid or hyperbolic tangent, number by number. */
final class Pointwise implements Operation {
    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final boolean isTanh;

    Pointwise(Site site, String title, Value in, Value out, boolean isTanh) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.isTanh = isTanh;
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.perGroup(
                title,
                (pass, group, worker) -> Rows.forEach(
                        out,
                        in,
                        out.at(group, worker),
                        in.at(group, worker),
                        (to, from, count) -> run(pass.memory, from, to, count)),
                in,
                out);
    }

    /** σ(x) = 1 / (1 + e⁻ˣ), tanh(x) = 2 σ(2x) − 1. */
    private void run(float[] m, int from, int to, int count) {
        Loops.mix(m, to, from, count, isTanh ? -2 : -1, 0);
        site.kernels().exponentials(m, to, to, count);
        Loops.invertAboveOne(m, to, count);
        if (isTanh) {
            Loops.combine(m, to, to, count, 1, 1, -1);
        }
    }

    @Override
    public void backward(Schedule schedule) {
        if (!in.needsGradient) {
            return;
        }
        Value gradient = out.gradient();
        site.intoGradient(
                schedule,
                in,
                target -> schedule.perGroup(
                        title + ", gradient",
                        (pass, group, worker) -> runBackward(pass, group, worker, gradient, target),
                        out,
                        gradient,
                        target));
    }

    private void runBackward(Pass pass, int group, int worker, Value gradient, Value target) {
        float[] m = pass.memory;
        int dx = target.at(group, worker);
        Rows.forEach(
                target,
                gradient,
                dx,
                gradient.at(group, worker),
                (to, from, count) -> System.arraycopy(m, from, m, to, count));
        Rows.forEach(target, out, dx, out.at(group, worker), (to, from, count) -> {
            if (isTanh) {
                Loops.timesTanhSlope(m, to, from, count);
            } else {
                Loops.timesSigmoidSlope(m, to, from, count);
            }
        });
    }
}
