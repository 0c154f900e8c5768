package org.spdbook.chart;

/**
 * The plot area in pixels and the mapping of values into it.
 *
 * @param left left edge
 * @param top upper edge
 * @param right right edge
 * @param bottom lower edge
 * @param x values at the left and right edge
 * @param y values at the lower and upper edge, or at the upper and lower edge if {@code downwards}
 * @param xScale scale of x
 * @param yScale scale of y
 * @param downwards whether y grows downwards, as for categories and rows
 */
record Frame(
        double left,
        double top,
        double right,
        double bottom,
        Range x,
        Range y,
        Scale xScale,
        Scale yScale,
        boolean downwards) {

    double px(double value) {
        return left + share(value, x, xScale) * width();
    }

    double py(double value) {
        double share = share(value, y, yScale);
        return downwards ? top + share * height() : bottom - share * height();
    }

    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }

    private static double share(double value, Range range, Scale scale) {
        if (scale == Scale.LOG) {
            double low = StrictMath.log(range.low());
            return (StrictMath.log(value) - low) / (StrictMath.log(range.high()) - low);
        }
        return (value - range.low()) / range.length();
    }
}
