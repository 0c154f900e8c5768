package org.spdbook.chart;

/**
 * The {@code d} attribute of an SVG path. Corners are rounded to a tenth of a pixel first and then written as steps from
 * the last one, so nothing adds up and long lines stay short.
 */
final class PathText {

    private final StringBuilder text = new StringBuilder();
    private long x;
    private long y;
    private boolean inLine;

    PathText move(double toX, double toY) {
        x = tenths(toX);
        y = tenths(toY);
        text.append('M');
        append(x);
        append(y);
        inLine = false;
        return this;
    }

    PathText line(double toX, double toY) {
        long nextX = tenths(toX);
        long nextY = tenths(toY);
        if (!inLine) {
            text.append('l');
        }
        append(nextX - x);
        append(nextY - y);
        x = nextX;
        y = nextY;
        inLine = true;
        return this;
    }

    /** A closed rectangle. */
    PathText rectangle(double left, double top, double width, double height) {
        move(left, top);
        long wide = tenths(left + width) - x;
        text.append('h');
        append(wide);
        text.append('v');
        append(tenths(top + height) - y);
        text.append('h');
        append(-wide);
        return end();
    }

    PathText end() {
        text.append('z');
        inLine = false;
        return this;
    }

    boolean isEmpty() {
        return text.length() == 0;
    }

    private static long tenths(double pixels) {
        return Math.round(pixels * 10);
    }

    /** A number of tenths, with a blank before it only where two numbers would run together. */
    private void append(long tenths) {
        char last = text.charAt(text.length() - 1);
        if (Character.isDigit(last) && tenths >= 0) {
            text.append(' ');
        }
        if (tenths < 0) {
            text.append('-');
        }
        long size = Math.abs(tenths);
        if (size >= 10 || size == 0) {
            text.append(size / 10);
        }
        if (size % 10 != 0) {
            text.append('.').append(size % 10);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
