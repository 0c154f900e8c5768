package org.spdbook.twin.answers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.spdbook.data.Pixels;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.twin.ReferenceRandom;

/**
 * How a scene is drawn on 32 x 32 pixels: all that is random of it, so that it can be drawn at any time. Without its noise it is the picture of the
 * reference, which has other noise of the same strength.
 *
 * @param scene what is drawn
 * @param ground brightness of the ground
 * @param shifts of the four places, down and right, in pixels
 * @param blur how often it is blurred; 0 for a clear picture
 * @param light factor of the brightness
 * @param noise seed of the noise
 */
record Drawing(Scene scene, double ground, List<Integer> shifts, int blur, double light, int noise) {

    /** Pixels of a side. */
    static final int SIDE = 32;

    /** Values of a picture: rows from the top, in them pixels, in them red, green, blue. */
    static final int VALUES = SIDE * SIDE * 3;

    private static final int CELL = SIDE / 2;
    private static final int REACH = 4;
    private static final double SPREAD = .04;
    private static final double BLURRED_SPREAD = .10;
    private static final int NOISES = 1 << 30;
    private static final Map<String, double[]> RGB = Map.of(
            "red",
            new double[] {.9, .1, .1},
            "green",
            new double[] {.1, .8, .2},
            "blue",
            new double[] {.15, .25, .95},
            "yellow",
            new double[] {.95, .9, .1},
            "purple",
            new double[] {.6, .1, .7},
            "orange",
            new double[] {.98, .55, .05},
            Thing.WHITE,
            new double[] {1, 1, 1});

    /** Draws all that is random. */
    static Drawing of(Scene scene, int blur, ReferenceRandom random) {
        double ground = 0.25 + 0.1 * (random.nextDouble() - .5);
        Integer[] shifts = new Integer[2 * Scene.PLACES];
        for (int i = 0; i < shifts.length; i += 2) {
            shifts[i + 1] = random.nextInt(REACH); // right first
            shifts[i] = random.nextInt(REACH);
        }
        double light = blur == 0 ? 1 : 0.45 + 0.3 * random.nextDouble();
        return new Drawing(scene, ground, List.of(shifts), blur, light, random.nextInt(NOISES));
    }

    /** The picture without noise, {@link #VALUES} values of about 0 to 1. */
    double[] plain() {
        double[] picture = new double[VALUES];
        Arrays.fill(picture, ground);
        scene.things().forEach((place, thing) -> paint(picture, place, thing));
        double[] seen = picture;
        for (int i = 0; i < blur; i++) {
            seen = blurred(seen);
        }
        for (int i = 0; i < VALUES; i++) {
            seen[i] *= light;
        }
        return seen;
    }

    /** The picture as the model sees it, {@link #VALUES} values of about 0 to 1. */
    float[] pixels() {
        double[] plain = plain();
        double spread = blur == 0 ? SPREAD : BLURRED_SPREAD;
        RandomStream random = new Seeds(noise).stream("picture noise", 0, 0);
        float[] pixels = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            pixels[i] = (float) (plain[i] + spread * random.nextGaussian());
        }
        return pixels;
    }

    /** The picture as it is to be looked at. */
    Pixels picture() {
        float[] pixels = pixels();
        byte[] bytes = new byte[VALUES];
        for (int i = 0; i < VALUES; i++) {
            bytes[i] = (byte) Math.round(Math.max(0, Math.min(1, pixels[i])) * 255);
        }
        return new Pixels(SIDE, SIDE, Pixels.RGB, bytes);
    }

    private void paint(double[] picture, int place, Thing thing) {
        boolean[] mask = Masks.of(thing.shape());
        double[] colour = Objects.requireNonNull(RGB.get(thing.colour()));
        int top = place / 2 * CELL + shifts.get(2 * place);
        int left = place % 2 * CELL + shifts.get(2 * place + 1);
        for (int i = 0; i < mask.length; i++) {
            if (mask[i]) {
                int pixel = (top + i / Masks.SIDE) * SIDE + left + i % Masks.SIDE;
                System.arraycopy(colour, 0, picture, 3 * pixel, 3);
            }
        }
    }

    /** Each pixel and its four neighbours averaged; borders replicated. */
    private static double[] blurred(double[] picture) {
        double[] blurred = new double[VALUES];
        for (int i = 0; i < VALUES; i++) {
            int y = i / (3 * SIDE);
            int x = i / 3 % SIDE;
            int c = i % 3;
            blurred[i] = (at(picture, y - 1, x, c)
                            + at(picture, y + 1, x, c)
                            + at(picture, y, x - 1, c)
                            + at(picture, y, x + 1, c)
                            + picture[i])
                    / 5;
        }
        return blurred;
    }

    private static double at(double[] picture, int y, int x, int c) {
        int row = Math.max(0, Math.min(SIDE - 1, y));
        int column = Math.max(0, Math.min(SIDE - 1, x));
        return picture[3 * (row * SIDE + column) + c];
    }
}
