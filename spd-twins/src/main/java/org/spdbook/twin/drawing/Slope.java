package org.spdbook.twin.drawing;

/** A direction across the image. */
public record Slope(double cos, double sin) {

    /** The direction of an angle in radians. */
    public static Slope of(double angle) {
        return new Slope(StrictMath.cos(angle), StrictMath.sin(angle));
    }

    /** Position along it, 0 in the middle. */
    public double along(int x, int y) {
        double last = Image.SIDE - 1;
        return (x / last - .5) * cos + (y / last - .5) * sin;
    }
}
