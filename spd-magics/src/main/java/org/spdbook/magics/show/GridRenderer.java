package org.spdbook.magics.show;

import java.util.Optional;
import org.spdbook.chart.Grid;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.Renderer;

/** Shows a {@link Grid}, the table of results, as HTML and as aligned text. */
public final class GridRenderer implements Renderer {

    @Override
    public Optional<DisplayBundle> render(Object value) {
        return value instanceof Grid grid ? Optional.of(bundle(grid)) : Optional.empty();
    }

    /** {@code text/html} and {@code text/plain} of a table. */
    static DisplayBundle bundle(Grid grid) {
        return DisplayBundle.text(grid.toText()).with("text/html", grid.toHtml());
    }
}
