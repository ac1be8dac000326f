package fathom.manifold;

/** Makes a map and prints what it used: started by {@link FallbackTest} in a JVM without the vector module. */
final class PlainMain {
    private PlainMain() {}

    public static void main(String[] args) {
        Matrix points = Tables.clouds(2100, 8, 4, 6, 1);
        Matrix reduced = Pca.fit(points, 5, 1).transform(points, 1);
        Tsne tsne = Tsne.DEFAULT.withThreads(1).withIterations(120).withExaggeration(12, 60);
        int[] labels = new int[2100];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 4;
        }
        Matrix map = tsne.fit(reduced).map();
        System.out.printf(
                "vectors %s, accuracy %.2f%n", Kernels.hasVectors(), Quality.labelAccuracy(map, labels, 10, 1));
    }
}
