package fathom.manifold;

/** Principal components of made-up points, for nothing but the compiler: see {@link Rehearsal}. */
final class PcaRehearsal implements Runnable {
    private static final int LONG_SIDE = 1_024;
    private static final int SHORT_SIDE = 192;
    private static final int COMPONENTS = 24;
    private static final int ROUNDS = 2;

    private final Axes.Route route;
    private final Tiles tiles;

    PcaRehearsal(Axes.Route route, Tiles tiles) {
        this.route = route;
        this.tiles = tiles;
    }

    @Override
    public void run() {
        boolean isWide = route == Axes.Route.ROWS;
        Matrix points = noise(isWide ? SHORT_SIDE : LONG_SIDE, isWide ? LONG_SIDE : SHORT_SIDE);
        try (Team team = new Team(1)) {
            for (int round = 0; round < ROUNDS; round++) {
                Pca.fit(points, COMPONENTS, route, tiles, team);
            }
        }
    }

    private static Matrix noise(int rows, int columns) {
        var noise = new Noise(1);
        Matrix points = Matrix.zeros(rows, columns);
        double[] row = new double[columns];
        for (int i = 0; i < rows; i++) {
            noise.fill(row);
            for (int c = 0; c < columns; c++) {
                points.values()[i * columns + c] = (float) row[c];
            }
        }
        return points;
    }
}
