package org.spdbook.chart;

/** Draws the {@link Marker}s, all of about the same area, with a thin white rim that keeps touching points apart. */
final class MarkerShape {

    /** Half the width of a marker in pixels, rim included. */
    static final double RADIUS = 5.5;

    private static final String WHITE = "#fff";
    private static final double[] TRIANGLE = {0, -5.4, 5, 3.8, -5, 3.8};
    private static final double[] DOWN = {0, 5.4, 5, -3.8, -5, -3.8};
    private static final double[] DIAMOND = {0, -5.6, 5.6, 0, 0, 5.6, -5.6, 0};
    private static final double[] CROSS = {
        -1.7, -5, 1.7, -5, 1.7, -1.7, 5, -1.7, 5, 1.7, 1.7, 1.7, 1.7, 5, -1.7, 5, -1.7, 1.7, -5, 1.7, -5, -1.7, -1.7,
        -1.7
    };
    private static final double[] X = turned(CROSS);
    private static final double[] STAR = {
        0, -6, 1.5, -2, 5.7, -1.9, 2.4, 0.8, 3.5, 4.9, 0, 2.5, -3.5, 4.9, -2.4, 0.8, -5.7, -1.9, -1.5, -2
    };

    private MarkerShape() {}

    static void draw(Svg svg, Style style, double x, double y) {
        switch (style.marker()) {
            case CIRCLE ->
                svg.leaf(
                        "circle",
                        "cx",
                        x,
                        "cy",
                        y,
                        "r",
                        4.6,
                        "fill",
                        fill(style),
                        "stroke",
                        rim(style),
                        "stroke-width",
                        width(style));
            case SQUARE -> polygon(svg, style, x, y, -4.2, -4.2, 4.2, -4.2, 4.2, 4.2, -4.2, 4.2);
            case TRIANGLE -> polygon(svg, style, x, y, TRIANGLE);
            case DOWN -> polygon(svg, style, x, y, DOWN);
            case DIAMOND -> polygon(svg, style, x, y, DIAMOND);
            case CROSS -> polygon(svg, style, x, y, CROSS);
            case X -> polygon(svg, style, x, y, X);
            case STAR -> polygon(svg, style, x, y, STAR);
        }
    }

    private static void polygon(Svg svg, Style style, double x, double y, double... corners) {
        PathText path = new PathText().move(x + corners[0], y + corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.line(x + corners[i], y + corners[i + 1]);
        }
        svg.path(path.end(), "fill", fill(style), "stroke", rim(style), "stroke-width", width(style));
    }

    private static String fill(Style style) {
        return style.hollow() ? WHITE : style.color();
    }

    private static String rim(Style style) {
        return style.hollow() ? style.color() : WHITE;
    }

    /** Empty leaves the width at 1. */
    private static String width(Style style) {
        return style.hollow() ? "1.6" : "";
    }

    private static double[] turned(double[] corners) {
        double c = 0.7071;
        double[] result = new double[corners.length];
        for (int i = 0; i < corners.length; i += 2) {
            result[i] = c * (corners[i] - corners[i + 1]);
            result[i + 1] = c * (corners[i] + corners[i + 1]);
        }
        return result;
    }
}
