package org.spdbook.magics.show;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Chart;
import org.spdbook.chart.SvgWriter;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.Renderer;
import tech.tablesaw.plotly.components.Figure;

/**
 * Shows a jsplot {@code Figure} of the user: Plotly JSON, a sentence, and an SVG if it consists of lines, points, bars,
 * histograms or one heat map. No script is loaded from anywhere. jsplot's classes are touched only when such a figure
 * comes.
 */
public final class FigureRenderer implements Renderer {

    private static final String FIGURE = "tech.tablesaw.plotly.components.Figure";

    @Override
    public Optional<DisplayBundle> render(Object value) {
        return TypeName.is(value, FIGURE) ? Optional.of(OnDemand.bundle(value)) : Optional.empty();
    }

    /** Holds all that names jsplot's classes, so that they load with the first figure. */
    private static final class OnDemand {

        private OnDemand() {}

        static DisplayBundle bundle(Object value) {
            Map<String, @Nullable Object> tree = FigureTree.of((Figure) value);
            FigureReader reader = new FigureReader(tree);
            DisplayBundle bundle = DisplayBundle.text(reader.sentence()).with(ChartRenderer.PLOTLY, tree);
            Optional<Chart> chart = reader.chart();
            return chart.isEmpty()
                    ? bundle
                    : bundle.with(ChartRenderer.SVG, SvgWriter.standard().write(chart.get()));
        }
    }
}
