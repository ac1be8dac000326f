package fathom.manifold;

/**
 * Which inner loops serve: vectorised ones where the JVM was started with {@code --add-modules jdk.incubator.vector},
 * plain ones elsewhere. The vector classes are only named here, and only loaded where they can be.
 */
record Kernels(Tiles tiles, Loops loops) {
    static Kernels best() {
        return hasVectors() ? vector() : plain();
    }

    static boolean hasVectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    static Kernels plain() {
        return new Kernels(new PlainTiles(), new PlainLoops());
    }

    static Kernels vector() {
        return new Kernels(new VectorTiles(), new VectorLoops());
    }
}
