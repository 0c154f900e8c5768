package org.spdbook.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A small table of results as data, with a form for notebooks and one for terminals. Immutable.
 *
 * <p>A column is numeric if it has at least one number and otherwise only blanks, dashes and {@code NaN}; numbers may
 * carry a sign, {@code %}, {@code ±} with a second number, or an exponent. Numeric columns are set flush right.
 *
 * @param caption one line above the table, may be empty
 * @param header names of the columns, at least one
 * @param rows cells as text, as many per row as there are columns
 * @param notes lines under the table
 */
public record Grid(String caption, List<String> header, List<List<String>> rows, List<String> notes) {

    private static final Pattern NUMBER = Pattern.compile(
            "[<>~≤≥]?\\s*[+\\-−]?(\\d[\\d,_]*)?\\.?\\d+([eE][+\\-−]?\\d+)?\\s*%?(\\s*(±|\\+-)\\s*\\d*\\.?\\d+\\s*%?)?");
    private static final Pattern BLANK = Pattern.compile("\\s*|[-–—−]|NaN|n/a");
    private static final String CELL = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.3);";

    public Grid {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
        if (header.isEmpty()) {
            throw new IllegalArgumentException("table '" + caption + "' needs at least one column, got none");
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != header.size()) {
                throw new IllegalArgumentException("row " + i + " of table '" + caption + "' needs " + header.size()
                        + " cells, one per column, got " + rows.get(i).size());
            }
        }
    }

    /** A table without caption and notes. */
    public static Grid of(List<String> header, List<List<String>> rows) {
        return new Grid("", header, rows, List.of());
    }

    /** This table with a line above it. */
    public Grid withCaption(String text) {
        return new Grid(text, header, rows, notes);
    }

    /** This table with one more line under it. */
    public Grid withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Grid(caption, header, rows, more);
    }

    /** A learning rate as it is typed: {@code 3e-4}, {@code 1e-3}, {@code 0.1}. */
    public static String rate(double value) {
        return Decimal.scientificBelow(0.1, value, 3);
    }

    /**
     * A number as text for a cell: the same on every JDK and in every locale.
     *
     * @param value any number; NaN reads {@code NaN}
     * @param digits significant digits, at least 1; zeros at the end are left out
     */
    public static String number(double value, int digits) {
        return Decimal.significant(value, digits);
    }

    /** Whether the cells of a column are numbers. */
    public boolean isNumeric(int column) {
        boolean some = false;
        for (List<String> row : rows) {
            String cell = row.get(column).strip();
            boolean number = NUMBER.matcher(cell).matches();
            if (!number && !BLANK.matcher(cell).matches()) {
                return false;
            }
            some |= number;
        }
        return some;
    }

    /**
     * The table as HTML without scripts and outside styles; every text is escaped. Colours are inherited, so it reads
     * on light and dark pages.
     */
    public String toHtml() {
        StringBuilder html = new StringBuilder();
        html.append(
                "<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;margin:4px 0;color:inherit\">\n");
        if (!caption.isBlank()) {
            html.append("<caption style=\"text-align:left;font-weight:bold;padding:4px 0;caption-side:top\">")
                    .append(Svg.escape(caption))
                    .append("</caption>\n");
        }
        html.append("<thead><tr>");
        for (int column = 0; column < header.size(); column++) {
            cell(html, "th scope=\"col\"", "th", header.get(column), column);
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                cell(html, "td", "td", row.get(column), column);
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table>");
        for (String note : notes) {
            html.append("\n<div style=\"font-size:85%;opacity:.75\">")
                    .append(Svg.escape(note))
                    .append("</div>");
        }
        return html.append("</div>").toString();
    }

    private void cell(StringBuilder html, String open, String close, String text, int column) {
        String side = isNumeric(column) ? "right;font-variant-numeric:tabular-nums" : "left";
        html.append('<').append(open).append(" style=\"").append(CELL).append("text-align:");
        html.append(side).append("\">").append(Svg.escape(text)).append("</").append(close);
        html.append('>');
    }

    /** The table with aligned columns for a terminal: caption, header, a rule, rows, notes; no trailing blanks. */
    public String toText() {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(header.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        List<String> lines = new ArrayList<>();
        if (!caption.isBlank()) {
            lines.add(caption);
        }
        lines.add(line(header, widths));
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        lines.add(String.join("  ", rule));
        rows.forEach(row -> lines.add(line(row, widths)));
        lines.addAll(notes);
        return String.join("\n", lines);
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = oneLine(cells.get(column));
            String blanks = " ".repeat(widths[column] - length(cell));
            line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static String oneLine(String cell) {
        return cell.replaceAll("\\R", " ");
    }

    private static int length(String cell) {
        String text = oneLine(cell);
        return text.codePointCount(0, text.length());
    }
}
