package org.spdbook.kernel.display;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of texts, for HTML and for a terminal. Columns of numbers alone are set flush right.
 *
 * @param header names of the columns
 * @param rows as many cells each as there are columns
 * @param note a line under the table, may be empty
 */
record RowTable(List<String> header, List<List<String>> rows, String note) {

    private static final Pattern NUMBER =
            Pattern.compile("[+\\-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+\\-]?\\d+)?|NaN|[+\\-]?Infinity");
    private static final String CELL = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.3);";

    /** Without scripts; colours are inherited, so that it reads on light and dark pages. */
    String html() {
        StringBuilder html = new StringBuilder("<div style=\"overflow-x:auto\">"
                + "<table style=\"border-collapse:collapse;margin:4px 0;color:inherit\">\n<thead><tr>");
        for (int column = 0; column < header.size(); column++) {
            cell(html, "th", header.get(column), column);
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                cell(html, "td", row.get(column), column);
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

    private void cell(StringBuilder html, String tag, String text, int column) {
        html.append('<').append(tag).append(" style=\"").append(CELL).append("text-align:");
        html.append(isNumeric(column) ? "right" : "left").append("\">").append(Html.escape(text));
        html.append("</").append(tag).append('>');
    }

    /** Aligned columns under a rule, without blanks at the ends of lines. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        List<String> rule = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            rule.add("-".repeat(width(column)));
        }
        lines.add(String.join("  ", rule));
        rows.forEach(row -> lines.add(line(row)));
        if (!note.isEmpty()) {
            lines.add(note);
        }
        return String.join("\n", lines);
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = oneLine(cells.get(column));
            String blanks = " ".repeat(width(column) - length(cell));
            line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? blanks + cell : cell + blanks);
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
