package fathom.data;

import fathom.random.Draws;

/**
 * What a drawn face is made of.
 *
 * @param turn of the head, from −1 (to the left edge of the picture) to 1 (to the right)
 * @param skin its tone, from 0 (light) to 1 (dark)
 * @param hairLength from 0 (short) to 1 (to the shoulders)
 * @param hairShade from 0 (black) over brown to 1 (blond)
 * @param smile from −1 (corners of the mouth down) to 1 (up)
 * @param age how deep the lines are, 0 … 1
 * @param width of the head, from 0 (narrow) to 1 (wide)
 * @param right how far the head is off the middle, in pixels
 * @param down likewise
 */
record Face(
        double turn,
        double skin,
        double hairLength,
        double hairShade,
        double smile,
        boolean glasses,
        double age,
        double width,
        double right,
        double down) {

    /** A random face; all its factors are independent and uniform. */
    static Face draw(Draws draws) {
        return new Face(
                draws.nextDouble(-1, 1),
                draws.nextDouble(),
                draws.nextDouble(),
                draws.nextDouble(),
                draws.nextDouble(-1, 1),
                draws.nextInt(2) == 1,
                draws.nextDouble(),
                draws.nextDouble(),
                draws.nextDouble(-1, 1),
                draws.nextDouble(-1, 1));
    }
}
