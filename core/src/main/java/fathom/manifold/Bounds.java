package fathom.manifold;

/** The rectangle that a map takes. */
record Bounds(float lowX, float lowY, float highX, float highY) {
    float width() {
        return highX - lowX;
    }

    float height() {
        return highY - lowY;
    }

    float span() {
        return Math.max(width(), height());
    }
}
