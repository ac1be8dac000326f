package fathom.manifold;

import java.util.Arrays;

/**
 * Turns the charges on a mesh into their potential under the long-range kernel, by one real Fourier transform there and
 * back over a mesh padded with zeros to twice its size, so that nothing wraps around.
 *
 * <p>Only what is not zero is transformed. Along y two real columns make one complex signal; along x all frequencies of y
 * are taken, a vector of them at a time, multiplied by the kernel's transform and taken back at once.
 */
final class Convolution {
    private final int nx;
    private final int ny;
    private final int lanes;
    private final Loops loops;
    private final Twiddles alongX;
    private final Twiddles alongY;
    private final int frequencies;
    private final float[] kernel;
    private final double[] splineX;
    private final double[] splineY;
    private final Pool<Scratch> scratches;
    private float[] spectrumRe = new float[0];
    private float[] spectrumIm = new float[0];

    /** A kernel as a function of the squared distance. */
    interface Kernel {
        double at(double squared);
    }

    private static final class Scratch {
        final float[] re;
        final float[] im;
        final float[] re2;
        final float[] im2;

        Scratch(int room) {
            re = new float[room];
            im = new float[room];
            re2 = new float[room];
            im2 = new float[room];
        }
    }

    private interface Work {
        void run(int number, Scratch scratch);
    }

    /** For padded meshes of nx × ny nodes. */
    Convolution(int nx, int ny, Loops loops) {
        this.nx = nx;
        this.ny = ny;
        this.loops = loops;
        this.scratches = new Pool<>(() -> new Scratch(Math.max(nx, ny) * loops.lanes()));
        this.lanes = loops.lanes();
        this.alongX = new Twiddles(nx);
        this.alongY = new Twiddles(ny);
        this.frequencies = up(ny / 2 + 1, lanes);
        this.kernel = new float[frequencies * nx];
        this.splineX = new double[nx];
        this.splineY = new double[frequencies];
        Arrays.setAll(splineX, x -> Splines.transform(x, nx));
        Arrays.setAll(splineY, y -> Splines.transform(y, ny));
    }

    private static int up(int count, int multiple) {
        return (count + multiple - 1) / multiple * multiple;
    }

    /** How far apart the rows of a mesh must stand that is {@code nodes} wide. */
    int stride(int nodes) {
        return up(nodes, 2 * lanes);
    }

    int nx() {
        return nx;
    }

    int ny() {
        return ny;
    }

    private void run(Team team, int count, Work work) {
        team.run(count, number -> scratches.use(scratch -> work.run(number, scratch)));
    }

    /**
     * Sets the kernel: its transform at all frequencies, divided by the spline's squared, once for spreading and once for
     * gathering. The kernel is even, so both its transforms are real and two columns fit in one complex signal.
     */
    void setKernel(Kernel function, double step, Team team) {
        int half = nx / 2 + 1;
        int width = up(half, 2 * lanes);
        float[] columns = new float[frequencies * width];
        run(team, width / (2 * lanes), (task, s) -> {
            int first = task * 2 * lanes;
            for (int y = 0; y <= ny / 2; y++) {
                for (int v = 0; v < 2 * lanes; v++) {
                    double x = first + v;
                    float value = (float) function.at((x * x + (double) y * y) * step * step);
                    float[] to = v < lanes ? s.re : s.im;
                    to[y * lanes + v % lanes] = value;
                    to[(ny - y) % ny * lanes + v % lanes] = value;
                }
            }
            loops.transform(s.re, s.im, s.re2, s.im2, alongY, false);
            for (int y = 0; y <= ny / 2; y++) {
                System.arraycopy(s.re, y * lanes, columns, y * width + first, lanes);
                System.arraycopy(s.im, y * lanes, columns, y * width + first + lanes, lanes);
            }
        });
        int blocks = frequencies / lanes;
        run(team, (blocks + 1) / 2, (task, s) -> {
            boolean isPair = 2 * task + 1 < blocks;
            for (int v = 0; v < lanes; v++) {
                int row = (2 * task * lanes + v) * width;
                for (int x = 0; x < nx; x++) {
                    int from = row + Math.min(x, nx - x);
                    s.re[x * lanes + v] = columns[from];
                    s.im[x * lanes + v] = isPair ? columns[from + lanes * width] : 0;
                }
            }
            loops.transform(s.re, s.im, s.re2, s.im2, alongX, false);
            keep(s.re, 2 * task);
            if (isPair) {
                keep(s.im, 2 * task + 1);
            }
        });
    }

    private void keep(float[] transformed, int block) {
        for (int x = 0; x < nx; x++) {
            for (int v = 0; v < lanes; v++) {
                double spline = splineX[x] * splineY[block * lanes + v];
                kernel[(block * nx + x) * lanes + v] =
                        (float) (transformed[x * lanes + v] / (spline * spline * nx * ny));
            }
        }
    }

    /** Replaces charges by their potential. */
    void apply(Mesh mesh, Team team) {
        int stride = mesh.stride;
        int room = frequencies * stride;
        if (spectrumRe.length < room) {
            spectrumRe = new float[room];
            spectrumIm = new float[room];
        }
        int half = stride / 2;
        run(team, half / lanes, (task, s) -> forwardAlongY(mesh, task * lanes, half, s));
        run(team, frequencies / lanes, (block, s) -> throughX(stride, block, s));
        run(team, half / lanes, (task, s) -> backAlongY(mesh, task * lanes, half, s));
    }

    private void forwardAlongY(Mesh mesh, int column, int half, Scratch s) {
        int stride = mesh.stride;
        for (int y = 0; y < mesh.rows; y++) {
            System.arraycopy(mesh.values, y * stride + column, s.re, y * lanes, lanes);
            System.arraycopy(mesh.values, y * stride + column + half, s.im, y * lanes, lanes);
        }
        Arrays.fill(s.re, mesh.rows * lanes, ny * lanes, 0);
        Arrays.fill(s.im, mesh.rows * lanes, ny * lanes, 0);
        loops.transform(s.re, s.im, s.re2, s.im2, alongY, false);
        for (int y = 0; y <= ny / 2; y++) {
            int a = y * lanes;
            int b = (ny - y) % ny * lanes;
            int to = y * stride + column;
            for (int v = 0; v < lanes; v++) {
                spectrumRe[to + v] = 0.5f * (s.re[a + v] + s.re[b + v]);
                spectrumIm[to + v] = 0.5f * (s.im[a + v] - s.im[b + v]);
                spectrumRe[to + half + v] = 0.5f * (s.im[a + v] + s.im[b + v]);
                spectrumIm[to + half + v] = 0.5f * (s.re[b + v] - s.re[a + v]);
            }
        }
    }

    private void throughX(int stride, int block, Scratch s) {
        int first = block * lanes * stride;
        for (int v = 0; v < lanes; v++) {
            int row = first + v * stride;
            for (int x = 0; x < stride; x++) {
                s.re[x * lanes + v] = spectrumRe[row + x];
                s.im[x * lanes + v] = spectrumIm[row + x];
            }
        }
        Arrays.fill(s.re, stride * lanes, nx * lanes, 0);
        Arrays.fill(s.im, stride * lanes, nx * lanes, 0);
        loops.transform(s.re, s.im, s.re2, s.im2, alongX, false);
        int from = block * nx * lanes;
        for (int i = 0; i < nx * lanes; i++) {
            s.re[i] *= kernel[from + i];
            s.im[i] *= kernel[from + i];
        }
        loops.transform(s.re, s.im, s.re2, s.im2, alongX, true);
        for (int v = 0; v < lanes; v++) {
            int row = first + v * stride;
            for (int x = 0; x < stride; x++) {
                spectrumRe[row + x] = s.re[x * lanes + v];
                spectrumIm[row + x] = s.im[x * lanes + v];
            }
        }
    }

    private void backAlongY(Mesh mesh, int column, int half, Scratch s) {
        int stride = mesh.stride;
        for (int y = 0; y <= ny / 2; y++) {
            int from = y * stride + column;
            int a = y * lanes;
            int b = (ny - y) % ny * lanes;
            boolean isOwnMirror = a == b || 2 * y == ny;
            for (int v = 0; v < lanes; v++) {
                float ar = spectrumRe[from + v];
                float ai = isOwnMirror ? 0 : spectrumIm[from + v];
                float br = spectrumRe[from + half + v];
                float bi = isOwnMirror ? 0 : spectrumIm[from + half + v];
                s.re[a + v] = ar - bi;
                s.im[a + v] = ai + br;
                s.re[b + v] = ar + bi;
                s.im[b + v] = br - ai;
            }
        }
        loops.transform(s.re, s.im, s.re2, s.im2, alongY, true);
        for (int y = 0; y < mesh.rows; y++) {
            System.arraycopy(s.re, y * lanes, mesh.values, y * stride + column, lanes);
            System.arraycopy(s.im, y * lanes, mesh.values, y * stride + column + half, lanes);
        }
    }
}
