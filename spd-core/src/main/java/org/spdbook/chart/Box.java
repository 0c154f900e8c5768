package org.spdbook.chart;

/** A rectangle in pixels that text or a marker covers. */
record Box(double left, double top, double right, double bottom) {

    /** The box of a text whose baseline starts at {@code (x, y)}. */
    static Box ofText(String text, double size, double x, double y) {
        return new Box(x, y - 0.8 * size, x + TextWidth.of(text, size), y + 0.22 * size);
    }

    static Box around(double x, double y, double radius) {
        return new Box(x - radius, y - radius, x + radius, y + radius);
    }

    /** Area shared with another box, 0 if they do not touch. */
    double overlap(Box other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /** Area outside {@code frame}. */
    double outside(Box frame) {
        return (right - left) * (bottom - top) - overlap(frame);
    }
}
