package org.spdbook.magics.show;

import java.util.Optional;
import org.spdbook.chart.Chart;
import org.spdbook.chart.SvgWriter;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.Renderer;

/**
 * Shows a {@link Chart} as one bundle: SVG, Plotly JSON read out of a jsplot figure ({@link ChartFigure}), and the
 * chart's message as text. There is no HTML in it, because front-ends would show that instead of the picture.
 */
public final class ChartRenderer implements Renderer {

    /** The MIME type of a Plotly figure. */
    static final String PLOTLY = "application/vnd.plotly.v1+json";

    /** The MIME type of a vector picture. */
    static final String SVG = "image/svg+xml";

    @Override
    public Optional<DisplayBundle> render(Object value) {
        return value instanceof Chart chart
                ? Optional.of(still(chart).with(PLOTLY, ChartFigure.tree(chart)))
                : Optional.empty();
    }

    /**
     * The picture and its message alone, for a chart that is redrawn while a run goes on: this takes about a millisecond
     * and loads nothing of jsplot.
     */
    public static DisplayBundle still(Chart chart) {
        return DisplayBundle.text(chart.message())
                .with(SVG, SvgWriter.standard().write(chart));
    }
}
