package fathom.manifold;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Cubic B-splines on a mesh: a point's four weights along x are the lanes of one vector, each a cubic in the point's place
 * between two nodes.
 */
final class VectorSplines {
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
    private static final FloatVector C0 = FloatVector.fromArray(FOUR, Splines.C0, 0);
    private static final FloatVector C1 = FloatVector.fromArray(FOUR, Splines.C1, 0);
    private static final FloatVector C2 = FloatVector.fromArray(FOUR, Splines.C2, 0);
    private static final FloatVector C3 = FloatVector.fromArray(FOUR, Splines.C3, 0);
    private static final FloatVector D1 = C2.mul(2);
    private static final FloatVector D2 = C3.mul(3);

    private VectorSplines() {}

    static void spread(Cells cells, int from, int to, Mesh mesh) {
        float[] values = mesh.values;
        int stride = mesh.stride;
        float inverse = 1 / mesh.step;
        for (int i = from; i < to; i++) {
            float u = (cells.x[i] - mesh.originX) * inverse + Mesh.BORDER;
            float v = (cells.y[i] - mesh.originY) * inverse + Mesh.BORDER;
            int column = (int) u;
            int row = (int) v;
            float t = v - row;
            FloatVector wx = weights(u - column);
            int at = (row - 1) * stride + column - 1;
            for (int b = 0; b < 4; b++, at += stride) {
                wx.mul(Splines.weight(b, t))
                        .add(FloatVector.fromArray(FOUR, values, at))
                        .intoArray(values, at);
            }
        }
    }

    static double gather(Cells cells, int from, int to, Mesh mesh, float[] pushX, float[] pushY) {
        float[] values = mesh.values;
        float[] lanes = new float[12];
        int stride = mesh.stride;
        float inverse = 1 / mesh.step;
        double potential = 0;
        for (int i = from; i < to; i++) {
            float u = (cells.x[i] - mesh.originX) * inverse + Mesh.BORDER;
            float v = (cells.y[i] - mesh.originY) * inverse + Mesh.BORDER;
            int column = (int) u;
            int row = (int) v;
            float s = u - column;
            float t = v - row;
            int at = (row - 1) * stride + column - 1;
            FloatVector level = FloatVector.zero(FOUR);
            FloatVector slope = level;
            for (int b = 0; b < 4; b++, at += stride) {
                FloatVector nodes = FloatVector.fromArray(FOUR, values, at);
                level = nodes.mul(Splines.weight(b, t)).add(level);
                slope = nodes.mul(Splines.slope(b, t)).add(slope);
            }
            FloatVector wx = weights(s);
            FloatVector place = FloatVector.broadcast(FOUR, s);
            FloatVector dx = D2.fma(place, D1).fma(place, C1);
            level.mul(wx).intoArray(lanes, 0);
            level.mul(dx).intoArray(lanes, 4);
            slope.mul(wx).intoArray(lanes, 8);
            potential += (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
            pushX[i] = -0.5f * inverse * ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
            pushY[i] = -0.5f * inverse * ((lanes[8] + lanes[9]) + (lanes[10] + lanes[11]));
        }
        return potential;
    }

    private static FloatVector weights(float s) {
        FloatVector place = FloatVector.broadcast(FOUR, s);
        return C3.fma(place, C2).fma(place, C1).fma(place, C0);
    }
}
