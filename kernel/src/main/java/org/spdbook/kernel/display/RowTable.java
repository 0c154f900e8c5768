package org.spdbook.kernel.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of texts, for HTML and for a terminal. Columns of numbers alone are set flush right.
 *
 * @param header names of the columns
 * @param rows as many cells each as there are columns
 * @param note a line under the table, may be empty
 */
public record RowTable(List<String> header, List<List<String>> rows, String note) {

    private static final Pattern NUMBER =
            Pattern.compile("[+\\-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+\\-]?\\d+)?|NaN|[+\\-]?Infinity");

    /** As HTML and as text. */
    public DisplayBundle bundle() {
        return DisplayBundle.text(text()).with("text/html", html());
    }

    /** Without scripts and colours, so that it looks like other tables of the page, light or dark. */
    String html() {
        StringBuilder html = new StringBuilder("<div style=\"overflow-x:auto\"><table>\n<thead><tr>");
        boolean[] numeric = numeric();
        for (int column = 0; column < header.size(); column++) {
            cell(html, "th", header.get(column), numeric[column]);
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                cell(html, "td", row.get(column), numeric[column]);
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table>");
        if (!note.isEmpty()) {
            html.append("\n<div style=\"font-size:85%;opacity:.75\">")
                    .append(Html.escape(note))
                    .append("</div>");
        }
        return html.append("</div>").toString();
    }

    private static void cell(StringBuilder html, String tag, String text, boolean numeric) {
        html.append('<').append(tag).append(" style=\"text-align:");
        html.append(numeric ? "right" : "left").append("\">").append(Html.escape(text));
        html.append("</").append(tag).append('>');
    }

    /** Aligned columns under a rule, without blanks at the ends of lines. */
    String text() {
        int[] widths = new int[header.size()];
        Arrays.setAll(widths, this::width);
        boolean[] numeric = numeric();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths, numeric));
        List<String> rule = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            rule.add("-".repeat(widths[column]));
        }
        lines.add(String.join("  ", rule));
        rows.forEach(row -> lines.add(line(row, widths, numeric)));
        if (!note.isEmpty()) {
            lines.add(note);
        }
        return String.join("\n", lines);
    }

    private static String line(List<String> cells, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = oneLine(cells.get(column));
            String blanks = " ".repeat(widths[column] - length(cell));
            line.append(column == 0 ? "" : "  ").append(numeric[column] ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = length(header.get(column));
        for (List<String> row : rows) {
            width = Math.max(width, length(row.get(column)));
        }
        return width;
    }

    private boolean[] numeric() {
        boolean[] numeric = new boolean[header.size()];
        for (int column = 0; column < numeric.length; column++) {
            numeric[column] = isNumeric(column);
        }
        return numeric;
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }

    private static String oneLine(String cell) {
        return cell.replaceAll("\\R", " ");
    }

    private static int length(String cell) {
        String text = oneLine(cell);
        return text.codePointCount(0, text.length());
    }
}
