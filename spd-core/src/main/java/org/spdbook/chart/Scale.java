package org.spdbook.chart;

/** How values are laid out along an axis. */
public enum Scale {
    /** Equal distances for equal differences. */
    LINEAR,
    /** Equal distances for equal ratios; every value must be above 0. */
    LOG
}
