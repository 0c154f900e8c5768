package org.spdbook.twin.drawing;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Points joined by straight lines, in a plane whose visible part is -1..1 with y downwards. Immutable. */
public final class Outline {

    private static final int ELLIPSE_POINTS = 18;

    private final double[] xs;
    private final double[] ys;

    private Outline(double[] xs, double[] ys) {
        this.xs = xs;
        this.ys = ys;
    }

    /** Points given as x, y, x, y ... */
    public static Outline of(double... xy) {
        int n = xy.length / 2;
        return new Outline(
                IntStream.range(0, n).mapToDouble(i -> xy[2 * i]).toArray(),
                IntStream.range(0, n).mapToDouble(i -> xy[2 * i + 1]).toArray());
    }

    /** The four corners. */
    public static Outline rectangle(double left, double top, double right, double bottom) {
        return of(left, top, right, top, right, bottom, left, bottom);
    }

    /** A circle of 18 points. */
    public static Outline circle(double x, double y, double radius) {
        return ellipse(x, y, radius, radius, ELLIPSE_POINTS);
    }

    /** A circle of so many points. */
    public static Outline circle(double x, double y, double radius, int points) {
        return ellipse(x, y, radius, radius, points);
    }

    /** An ellipse of 18 points. */
    public static Outline ellipse(double x, double y, double rx, double ry) {
        return ellipse(x, y, rx, ry, ELLIPSE_POINTS);
    }

    private static Outline ellipse(double x, double y, double rx, double ry, int points) {
        double[] angles = IntStream.range(0, points)
                .mapToDouble(i -> 2 * StrictMath.PI * i / points)
                .toArray();
        return on(x, y, rx, ry, angles);
    }

    /** A piece of an ellipse with both its ends; angles in units of pi, clockwise on screen. */
    public static Outline arc(double x, double y, double rx, double ry, double from, double to, int points) {
        double[] angles = IntStream.range(0, points)
                .mapToDouble(i -> StrictMath.PI * (from + (to - from) * i / (points - 1)))
                .toArray();
        return on(x, y, rx, ry, angles);
    }

    private static Outline on(double x, double y, double rx, double ry, double[] angles) {
        return new Outline(
                DoubleStream.of(angles).map(a -> x + rx * StrictMath.cos(a)).toArray(),
                DoubleStream.of(angles).map(a -> y + ry * StrictMath.sin(a)).toArray());
    }

    /** Number of points. */
    public int size() {
        return xs.length;
    }

    /** Of point i. */
    public double x(int i) {
        return xs[i];
    }

    /** Of point i, downwards. */
    public double y(int i) {
        return ys[i];
    }

    /** Smallest x. */
    public double left() {
        return DoubleStream.of(xs).min().orElse(0);
    }

    /** Largest x. */
    public double right() {
        return DoubleStream.of(xs).max().orElse(0);
    }

    /** Smallest y. */
    public double top() {
        return DoubleStream.of(ys).min().orElse(0);
    }

    /** Largest y. */
    public double bottom() {
        return DoubleStream.of(ys).max().orElse(0);
    }

    /** These points, then the others. */
    public Outline then(Outline other) {
        return new Outline(
                DoubleStream.concat(DoubleStream.of(xs), DoubleStream.of(other.xs))
                        .toArray(),
                DoubleStream.concat(DoubleStream.of(ys), DoubleStream.of(other.ys))
                        .toArray());
    }

    /** Back to the first point. */
    public Outline closed() {
        return then(of(xs[0], ys[0]));
    }

    /** Every point moved: new x and new y of the old x and y. */
    public Outline map(DoubleBinaryOperator newX, DoubleBinaryOperator newY) {
        int n = size();
        return new Outline(
                IntStream.range(0, n)
                        .mapToDouble(i -> newX.applyAsDouble(xs[i], ys[i]))
                        .toArray(),
                IntStream.range(0, n)
                        .mapToDouble(i -> newY.applyAsDouble(xs[i], ys[i]))
                        .toArray());
    }

    /** Every point moved by the same. */
    public Outline shifted(double dx, double dy) {
        return map((x, y) -> x + dx, (x, y) -> y + dy);
    }

    /** With more points on each line, about {@code spacing} to twice that apart. */
    public Outline densified(double spacing) {
        var more = DoubleStream.builder();
        for (int i = 0; i + 1 < size(); i++) {
            double dx = xs[i + 1] - xs[i];
            double dy = ys[i + 1] - ys[i];
            int n = Math.max(1, (int) (Math.sqrt(dx * dx + dy * dy) / spacing));
            for (int j = 0; j < n; j++) {
                more.add(xs[i] + dx * j / n).add(ys[i] + dy * j / n);
            }
        }
        return of(more.add(xs[size() - 1]).add(ys[size() - 1]).build().toArray());
    }
}
