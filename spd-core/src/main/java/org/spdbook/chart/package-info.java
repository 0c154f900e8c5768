/**
 * Charts and tables as data, and their forms: SVG, Plotly JSON, text and HTML. A {@link org.spdbook.chart.Chart} is a
 * record; {@link org.spdbook.chart.SvgWriter} and {@link org.spdbook.chart.PlotlyJson} read it and know nothing else.
 */
@NullMarked
package org.spdbook.chart;

import org.jspecify.annotations.NullMarked;
