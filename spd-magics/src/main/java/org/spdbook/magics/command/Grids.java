package org.spdbook.magics.command;

import java.util.List;
import java.util.stream.Collectors;
import org.spdbook.chart.Grid;

/**
 * Several tables, one under the other.
 *
 * @param grids at least one
 */
public record Grids(List<Grid> grids) {

    public Grids {
        grids = List.copyOf(grids);
    }

    /** The tables as text with an empty line between them. */
    public String toText() {
        return grids.stream().map(Grid::toText).collect(Collectors.joining("\n\n"));
    }

    /** The tables as HTML. */
    public String toHtml() {
        return grids.stream().map(Grid::toHtml).collect(Collectors.joining("\n"));
    }
}
