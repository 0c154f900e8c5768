package org.spdbook.twin.drawing;

import java.util.Arrays;

/** Which pixels of a square a shape covers: those whose centre lies in it. No smoothing; that comes with the box filter. */
final class Rasterizer {

    /** Pixels of a side: three times that of the image. */
    static final int SIDE = 96;

    /** Takes a covered pixel; some are told more than once. */
    @FunctionalInterface
    interface Ink {
        void at(int x, int y);
    }

    private Rasterizer() {}

    private static double pixel(double position) {
        return (position + 1) * 0.5 * SIDE;
    }

    /** Fills a shape, row by row between each odd and the next even crossing (even-odd rule). */
    static void fill(Outline outline, Ink ink) {
        int n = outline.size();
        double[] crossings = new double[n];
        int top = Math.max(0, (int) Math.floor(pixel(outline.top())));
        int bottom = Math.min(SIDE - 1, (int) Math.ceil(pixel(outline.bottom())));
        for (int row = top; row <= bottom; row++) {
            double y = row + 0.5;
            int count = 0;
            for (int i = 0; i < n; i++) {
                int next = (i + 1) % n;
                double y0 = pixel(outline.y(i));
                double y1 = pixel(outline.y(next));
                if (y0 <= y != y1 <= y) {
                    double x0 = pixel(outline.x(i));
                    crossings[count++] = x0 + (y - y0) / (y1 - y0) * (pixel(outline.x(next)) - x0);
                }
            }
            Arrays.sort(crossings, 0, count);
            for (int i = 0; i + 1 < count; i += 2) {
                span(row, crossings[i], crossings[i + 1], ink);
            }
        }
    }

    private static void span(int row, double from, double to, Ink ink) {
        int first = Math.max(0, (int) Math.ceil(from - 0.5));
        int last = Math.min(SIDE - 1, (int) Math.ceil(to - 0.5) - 1);
        for (int x = first; x <= last; x++) {
            ink.at(x, row);
        }
    }

    /**
     * Draws a line with round ends and joints: pixels whose centre is within half its width.
     *
     * @param width in pixels, rounded, at least 1
     */
    static void stroke(Outline outline, double width, Ink ink) {
        double radius = Math.max(1, Math.rint(width)) / 2;
        for (int i = 0; i + 1 < outline.size(); i++) {
            segment(
                    pixel(outline.x(i)),
                    pixel(outline.y(i)),
                    pixel(outline.x(i + 1)),
                    pixel(outline.y(i + 1)),
                    radius,
                    ink);
        }
    }

    private static void segment(double x0, double y0, double x1, double y1, double radius, Ink ink) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squaredLength = dx * dx + dy * dy;
        int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - radius));
        int right = Math.min(SIDE - 1, (int) Math.ceil(Math.max(x0, x1) + radius));
        int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - radius));
        int bottom = Math.min(SIDE - 1, (int) Math.ceil(Math.max(y0, y1) + radius));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double px = x + 0.5 - x0;
                double py = y + 0.5 - y0;
                double along = squaredLength == 0 ? 0 : (px * dx + py * dy) / squaredLength;
                double t = Math.max(0, Math.min(1, along));
                double ex = px - t * dx;
                double ey = py - t * dy;
                if (ex * ex + ey * ey <= radius * radius) {
                    ink.at(x, y);
                }
            }
        }
    }
}
