package org.spdbook.chart;

/** The shape of a point. Together with the colour it tells methods apart without colour vision. */
public enum Marker {
    CIRCLE("circle"),
    SQUARE("square"),
    TRIANGLE("triangle-up"),
    DIAMOND("diamond"),
    STAR("star"),
    DOWN("triangle-down"),
    CROSS("cross"),
    X("x");

    private final String plotly;

    Marker(String plotly) {
        this.plotly = plotly;
    }

    /** The name of this shape in Plotly's {@code marker.symbol}. */
    public String plotly() {
        return plotly;
    }
}
