package fathom.data;

import fathom.data.Paint.Colour;

/** Draws a face of 64×64 pixels: the parts that stick to the front of the head move as it turns. */
final class FaceDrawing {
    static final int SIDE = 64;

    private static final Colour SKY = new Colour(206, 220, 230);
    private static final Colour WALL = new Colour(172, 190, 206);
    private static final Colour SHIRT = new Colour(76, 108, 148);
    private static final Colour LIGHT = new Colour(250, 220, 196);
    private static final Colour TAN = new Colour(202, 146, 104);
    private static final Colour DARK = new Colour(100, 64, 46);
    private static final Colour BLACK_HAIR = new Colour(36, 28, 30);
    private static final Colour BROWN_HAIR = new Colour(126, 74, 38);
    private static final Colour BLOND_HAIR = new Colour(232, 194, 112);
    private static final Colour WHITE = new Colour(250, 250, 248);
    private static final Colour IRIS = new Colour(58, 84, 66);
    private static final Colour FRAME = new Colour(24, 24, 32);
    private static final Colour LIPS = new Colour(158, 34, 46);

    /** How far the head can turn, in radians. */
    private static final double LARGEST_TURN = 0.6;

    /** Of the head from its middle to its top. */
    private static final double HEAD_HEIGHT = 19;

    private final Face face;
    private final Paint paint = new Paint(SIDE, SKY, WALL);
    private final double x;
    private final double y;
    private final double head;
    private final Colour skin;
    private final Colour line;
    private final Colour hair;

    private FaceDrawing(Face face) {
        this.face = face;
        this.x = (SIDE - 1) / 2.0 + face.right();
        this.y = 33 + face.down();
        this.head = 13 + 4.5 * face.width();
        this.skin = between(LIGHT, TAN, DARK, face.skin());
        this.line = skin.times(0.4);
        this.hair = between(BLACK_HAIR, BROWN_HAIR, BLOND_HAIR, face.hairShade());
    }

    /** Channel by channel, row by row. */
    static byte[] draw(Face face) {
        var drawing = new FaceDrawing(face);
        drawing.behind();
        drawing.head();
        drawing.eyes();
        drawing.noseAndMouth();
        drawing.lines();
        drawing.hairInFront();
        if (face.glasses()) {
            drawing.glasses();
        }
        return drawing.paint.develop();
    }

    private static Colour between(Colour first, Colour middle, Colour last, double share) {
        return share < 0.5 ? first.mix(middle, 2 * share) : middle.mix(last, 2 * share - 1);
    }

    /**
     * Where a point on the front of the head is seen.
     *
     * @param longitude from the middle of the face to the right, in radians
     * @param reach over the head's surface, 1 on it
     */
    private double across(double longitude, double reach) {
        return x + head * reach * StrictMath.sin(longitude + LARGEST_TURN * face.turn());
    }

    /** How much of its width a thing on the head shows. */
    private double foreshortening(double longitude) {
        return StrictMath.cos(longitude + LARGEST_TURN * face.turn());
    }

    private void behind() {
        double length = 30 * face.hairLength();
        paint.ellipse(x, y - 4 + length / 2, head + 3.5, 15 + length / 2, hair.times(0.82), 1);
        paint.ellipse(x, y + 36, 25, 15, SHIRT, 1);
        paint.ellipse(x, y + 21, 6.5, 9, skin.times(0.86), 1);
        for (int side = -1; side <= 1; side += 2) {
            paint.ellipse(x + side * (head - 0.5) - 2.6 * face.turn(), y + 1, 3, 4.6, skin.times(0.9), 1);
        }
    }

    private void head() {
        paint.ellipse(x, y - 4, head + 1.8, HEAD_HEIGHT - 1, hair, 1);
        paint.ellipse(x, y + 1.5, head, HEAD_HEIGHT, skin, 1);
    }

    private void eyes() {
        for (int side = -1; side <= 1; side += 2) {
            double longitude = side * 0.44;
            double eye = across(longitude, 1);
            double seen = foreshortening(longitude);
            paint.ellipse(eye, y - 1, 3.5 * seen, 2.2, WHITE, 1);
            paint.ellipse(eye + 0.6 * face.turn(), y - 1, 1.7 * Math.sqrt(seen), 1.8, IRIS, 1);
            paint.ellipse(eye + 0.6 * face.turn(), y - 1, 0.8, 0.9, FRAME, 1);
            double[] brow = {eye - 4 * seen, y - 5.2, eye, y - 7.4, eye + 4 * seen, y - 5.2};
            paint.curve(brow, 0.75, hair.times(0.75), 1);
        }
    }

    private void noseAndMouth() {
        double tip = across(0, 1.22);
        double bridge = across(0, 1.02);
        double[] nose = {bridge, y, tip + 0.6, y + 4, tip, y + 6.4};
        paint.curve(nose, 0.6, line, 0.75);
        paint.ellipse(tip, y + 6.6, 2.1, 1.1, line, 0.75);
        double lift = 4 * face.smile();
        double[] mouth = {
            across(-0.42, 1), y + 12 - lift, across(0, 1.05), y + 12 + lift, across(0.42, 1), y + 12 - lift
        };
        paint.curve(mouth, 1.5, LIPS, 1);
    }

    /** On the forehead, beside the eyes, from the nose to the mouth. */
    private void lines() {
        double depth = 0.95 * face.age();
        for (int i = 0; i < 3; i++) {
            double height = y - 9.4 - 2.3 * i;
            double[] forehead = {across(-0.4, 0.9), height, across(0, 0.9), height - 1, across(0.4, 0.9), height};
            paint.curve(forehead, 0.7, line, depth);
        }
        for (int side = -1; side <= 1; side += 2) {
            double corner = across(side * 0.78, 1);
            double cheek = across(side * 0.3, 1.05);
            double mouth = across(side * 0.55, 1);
            double[] fold = {cheek, y + 6, mouth, y + 8, mouth, y + 12};
            paint.curve(fold, 0.8, line, depth);
            for (int i = -1; i <= 1; i++) {
                double end = corner + 2.2 * side * foreshortening(side * 0.9);
                double[] foot = {corner, y - 1 + 0.7 * i, corner, y - 1 + 0.7 * i, end, y - 1 + 2.2 * i};
                paint.curve(foot, 0.5, line, depth);
            }
        }
    }

    /** The fringe, and a strand on each side that reaches down as far as the hair is long. */
    private void hairInFront() {
        double parting = across(0, 0.5);
        for (int side = -1; side <= 1; side += 2) {
            double temple = x + side * (head - 0.5);
            double[] fringe = {parting, y - 17.5, x + side * head * 0.75, y - 17, temple, y - 7};
            paint.curve(fringe, 2.2, hair, 1);
            double end = y - 6 + 30 * face.hairLength();
            double[] strand = {temple + side, y - 8, temple + 1.6 * side, (y + end) / 2, temple + side, end};
            paint.curve(strand, 1.9, hair, 1);
        }
    }

    private void glasses() {
        double left = across(-0.44, 1.02);
        double right = across(0.44, 1.02);
        double seenLeft = 5.2 * Math.sqrt(foreshortening(-0.44));
        double seenRight = 5.2 * Math.sqrt(foreshortening(0.44));
        paint.ring(left, y - 0.8, seenLeft, 4.4, 0.65, FRAME);
        paint.ring(right, y - 0.8, seenRight, 4.4, 0.65, FRAME);
        double middle = across(0, 1.1);
        double[] bridge = {left + seenLeft, y - 1.4, middle, y - 2.6, right - seenRight, y - 1.4};
        paint.curve(bridge, 0.55, FRAME, 1);
        double[] leftArm = {left - seenLeft, y - 1.4, left - seenLeft, y - 1.4, x - head, y - 1.6};
        double[] rightArm = {right + seenRight, y - 1.4, right + seenRight, y - 1.4, x + head, y - 1.6};
        paint.curve(leftArm, 0.55, FRAME, 1);
        paint.curve(rightArm, 0.55, FRAME, 1);
    }
}
