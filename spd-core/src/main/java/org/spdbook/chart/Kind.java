package org.spdbook.chart;

/** How a {@link Series} is drawn. */
public enum Kind {
    /** Points joined in their order; a NaN breaks the line. */
    LINE,
    /** Points alone, each with its method's marker. */
    SCATTER,
    /** Bars from 0 to the value, side by side with the bars of the other series in the same category. */
    BAR
}
