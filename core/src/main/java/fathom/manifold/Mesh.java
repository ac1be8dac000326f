package fathom.manifold;

/** A mesh of equal steps over the plane: the number at each of its nodes, row after row, and where it lies. */
final class Mesh {
    /** How many nodes lie before the origin, for the splines of points at the edge. */
    static final int BORDER = 2;

    float[] values = new float[0];
    int rows;
    int stride;
    float originX;
    float originY;
    float step;

    /** Gives the mesh its size and its place: where node (2, 2) lies and how far nodes are apart. What it holds is lost. */
    void place(int newRows, int newStride, float x, float y, float distance) {
        rows = newRows;
        stride = newStride;
        originX = x;
        originY = y;
        step = distance;
        if (values.length < rows * stride) {
            values = new float[rows * stride];
        }
    }
}
