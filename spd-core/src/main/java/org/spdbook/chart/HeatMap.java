package org.spdbook.chart;

import java.util.Arrays;
import java.util.List;

/**
 * A grid of values shown as colours: rows downwards, columns to the right.
 *
 * @param rows names of the rows, first on top
 * @param columns names of the columns
 * @param values one list per row, one value per column; NaN is a gap
 * @param label what the colour means, with its unit
 * @param range the values of the first and the last colour; values outside are shown as the nearer end
 */
public record HeatMap(List<String> rows, List<String> columns, List<List<Double>> values, String label, Range range) {

    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        values = values.stream().map(List::copyOf).toList();
        if (rows.isEmpty() || columns.isEmpty()) {
            throw new IllegalArgumentException("a heat map needs rows and columns, got " + rows.size() + " rows and "
                    + columns.size() + " columns");
        }
        if (values.size() != rows.size()) {
            throw new IllegalArgumentException(
                    "a heat map of " + rows.size() + " rows needs as many lists of values, got " + values.size());
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).size() != columns.size()) {
                throw new IllegalArgumentException("row '" + rows.get(i) + "' of the heat map needs " + columns.size()
                        + " values, one per column, got "
                        + values.get(i).size());
            }
            if (values.get(i).stream().anyMatch(value -> value.isInfinite())) {
                throw new IllegalArgumentException(
                        "row '" + rows.get(i) + "' of the heat map needs finite values or NaN for a gap");
            }
        }
    }

    /** A heat map from {@code values[row][column]}. */
    public static HeatMap of(List<String> rows, List<String> columns, double[][] values, String label, Range range) {
        List<List<Double>> lists = Arrays.stream(values)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
        return new HeatMap(rows, columns, lists, label, range);
    }
}
