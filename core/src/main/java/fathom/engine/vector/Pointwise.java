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

    Value input() {
        return in;
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

    private void run(float[] m, int from, int to, int count) {
        if (isTanh) {
            site.kernels().stretches().tanh(m, to, from, count);
        } else {
            site.kernels().stretches().sigmoid(m, to, from, count);
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
                site.kernels().stretches().timesTanhSlope(m, to, from, count);
            } else {
                site.kernels().stretches().timesSigmoidSlope(m, to, from, count);
            }
        });
    }
}
