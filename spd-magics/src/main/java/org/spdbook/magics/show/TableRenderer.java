package org.spdbook.magics.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spdbook.chart.Grid;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.Renderer;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Shows a tablesaw {@code Table} as HTML and as aligned text: its first 50 rows and 30 columns, and how many there are.
 * tablesaw's classes are touched only when such a table comes.
 */
public final class TableRenderer implements Renderer {

    /** Most rows shown. */
    static final int MOST_ROWS = 50;

    /** Most columns shown. */
    static final int MOST_COLUMNS = 30;

    private static final int DIGITS = 6;
    private static final String TABLE = "tech.tablesaw.api.Table";

    @Override
    public Optional<DisplayBundle> render(Object value) {
        return TypeName.is(value, TABLE) ? Optional.of(OnDemand.bundle(value)) : Optional.empty();
    }

    /** Holds all that names tablesaw's classes, so that they load with the first table. */
    private static final class OnDemand {

        private OnDemand() {}

        static DisplayBundle bundle(Object value) {
            Table table = (Table) value;
            if (table.columnCount() == 0) {
                return DisplayBundle.text("The table " + name(table) + "has no columns.");
            }
            return GridRenderer.bundle(grid(table));
        }

        private static Grid grid(Table table) {
            int columns = Math.min(MOST_COLUMNS, table.columnCount());
            int rows = Math.min(MOST_ROWS, table.rowCount());
            List<Column<?>> shown = table.columns().subList(0, columns);
            List<List<String>> cells = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                List<String> line = new ArrayList<>();
                for (Column<?> column : shown) {
                    line.add(cell(column, row));
                }
                cells.add(line);
            }
            List<String> header = shown.stream().map(Column::name).toList();
            Grid grid = Grid.of(header, cells).withCaption(name(table).strip());
            return rows < table.rowCount() || columns < table.columnCount()
                    ? grid.withNote(note(table, rows, columns))
                    : grid;
        }

        /** As the column prints it; a number in full double precision is cut to 6 digits. */
        private static String cell(Column<?> column, int row) {
            if (column.isMissing(row)) {
                return "";
            }
            String printed = column.getString(row);
            Object value = column.get(row);
            boolean full = (value instanceof Double || value instanceof Float) && printed.equals(value.toString());
            return full ? Grid.number(((Number) value).doubleValue(), DIGITS) : printed;
        }

        private static String note(Table table, int rows, int columns) {
            return String.format(
                    Locale.ROOT,
                    "%,d of %,d rows and %d of %d columns shown.",
                    rows,
                    table.rowCount(),
                    columns,
                    table.columnCount());
        }

        private static String name(Table table) {
            String name = table.name();
            return name == null || name.isBlank() ? "" : name.strip() + " ";
        }
    }
}
