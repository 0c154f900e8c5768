package org.spdbook.magics.show;

import java.util.Optional;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.PictureGridSvg;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.Renderer;

/** Shows a {@link PictureGrid} as SVG, and its message as text. */
public final class PictureGridRenderer implements Renderer {

    @Override
    public Optional<DisplayBundle> render(Object value) {
        return value instanceof PictureGrid grid
                ? Optional.of(DisplayBundle.text(grid.message()).with(ChartRenderer.SVG, PictureGridSvg.write(grid)))
                : Optional.empty();
    }
}
