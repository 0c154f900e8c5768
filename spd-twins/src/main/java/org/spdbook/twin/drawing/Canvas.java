package org.spdbook.twin.drawing;

import java.util.Collections;
import java.util.List;

/** What is painted on: 96 x 96 pixels of three bytes, filtered down to an {@link Image}. */
public final class Canvas {

    /** Canvas pixels per image pixel, along a side. */
    public static final int SCALE = Rasterizer.SIDE / Image.SIDE;

    private static final int SIDE = Rasterizer.SIDE;
    private static final double SLANT = 0.6;

    private final int[] values = new int[SIDE * SIDE * 3];

    /** A canvas of one colour. */
    public Canvas(Colour background) {
        for (int i = 0; i < values.length; i++) {
            values[i] = background.level(i % 3);
        }
    }

    /** Fills a shape. */
    public void fill(Outline outline, Colour colour) {
        Rasterizer.fill(outline, (x, y) -> dot(x, y, colour));
    }

    /** A line of so many image pixels' width. */
    public void stroke(Outline outline, Colour colour, double width) {
        Rasterizer.stroke(outline, SCALE * width, (x, y) -> dot(x, y, colour));
    }

    /** Fills or strokes, as the part is. */
    public void draw(Part part, Colour colour, double width) {
        if (part.closed()) {
            fill(part.outline(), colour);
        } else {
            stroke(part.outline(), colour, width);
        }
    }

    /** A straight line from a point in a direction. */
    public void brush(double x, double y, double angle, double length, Colour colour, double width) {
        double toX = x + length * StrictMath.cos(angle);
        double toY = y + length * StrictMath.sin(angle);
        stroke(Outline.of(x, y, toX, toY), colour, width);
    }

    /** Slanted lines of one canvas pixel inside a shape, so many image pixels apart. */
    public void hatch(Outline outline, Colour colour, double spacing) {
        double step = SCALE * spacing;
        double halfWidth = 0.5 * Math.sqrt(1 + SLANT * SLANT);
        Rasterizer.fill(outline, (x, y) -> {
            double lines = (SIDE + x + 0.5 - SLANT * (y + 0.5)) / step;
            if (Math.abs(lines - Math.rint(lines)) * step <= halfWidth) {
                dot(x, y, colour);
            }
        });
    }

    private void dot(int x, int y, Colour colour) {
        int at = 3 * (y * SIDE + x);
        values[at] = colour.level(0);
        values[at + 1] = colour.level(1);
        values[at + 2] = colour.level(2);
    }

    /**
     * An object on black.
     *
     * @param colours one per role of a part
     * @param width of its lines, in image pixels
     */
    public static Image painted(List<Part> parts, List<Colour> colours, double width) {
        var canvas = new Canvas(Colour.BLACK);
        parts.forEach(part -> canvas.draw(part, colours.get(part.role().ordinal()), width));
        return canvas.image();
    }

    /** How much of each pixel an object covers, 0 to 1 in all channels. */
    public static Image cover(List<Part> parts, double width) {
        return painted(parts, Collections.nCopies(Part.Role.values().length, Colour.WHITE), width);
    }

    /** Box-filtered to the size of an image. */
    public Image image() {
        var image = new Image();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                for (int c = 0; c < 3; c++) {
                    image.add(x / SCALE, y / SCALE, c, values[3 * (y * SIDE + x) + c] / (255.0 * SCALE * SCALE));
                }
            }
        }
        return image;
    }
}
