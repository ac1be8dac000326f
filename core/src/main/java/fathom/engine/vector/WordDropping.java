package fathom.engine.vector;

import fathom.random.Draws;

/** Makes some real tokens the unknown one, while training. Which ones does not depend on the padding. */
final class WordDropping implements Operation {
    private static final int UNKNOWN = 1;

    private final Site site;
    private final String title;
    private final String path;
    private final Value in;
    private final Value out;
    private final double rate;

    WordDropping(Site site, String title, String path, Value in, Value out, double rate) {
        this.site = site;
        this.title = title;
        this.path = path;
        this.in = in;
        this.out = out;
        this.rate = rate;
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.perGroup(title, this::run, in, out);
    }

    private void run(Pass pass, int group, int worker) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int to = out.at(group, worker);
        System.arraycopy(m, in.at(group, worker), m, to, in.count() * lanes);
        if (!site.isTraining()) {
            return;
        }
        int key = (int) Draws.key(pass.seed, "wordDropout/" + path, pass.step);
        int threshold = Hash.threshold(rate);
        for (int lane = 0; lane < lanes; lane++) {
            int example = pass.firstExample + group * lanes + lane;
            for (int t = 0; t < pass.tokens(group, lane); t++) {
                if (Hash.of(example * site.longest() + t, key) >>> 1 < threshold) {
                    m[to + t * lanes + lane] = UNKNOWN;
                }
            }
        }
    }

    @Override
    public void backward(Schedule schedule) {}
}
