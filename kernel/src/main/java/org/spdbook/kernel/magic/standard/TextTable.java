package org.spdbook.kernel.magic.standard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spdbook.kernel.display.DisplayBundle;

/**
 * A table of texts.
 *
 * @param columns their names
 * @param rows as many texts each as there are columns
 */
record TextTable(List<String> columns, List<List<String>> rows) {

    TextTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** As aligned text and as HTML; a sentence when there are no rows. */
    DisplayBundle bundle(String whenEmpty) {
        return rows.isEmpty()
                ? DisplayBundle.text(whenEmpty)
                : DisplayBundle.text(plain()).with("text/html", html());
    }

    private String plain() {
        List<List<String>> all = new ArrayList<>(List.of(columns));
        all.addAll(rows);
        int[] widths = new int[columns.size()];
        all.forEach(row ->
                Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length())));
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private String html() {
        StringBuilder html = new StringBuilder("<table><thead><tr>");
        columns.forEach(name -> html.append("<th style=\"text-align:left\">")
                .append(escape(name))
                .append("</th>"));
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td style=\"text-align:left\">")
                    .append(escape(cell))
                    .append("</td>"));
            html.append("</tr>");
        }
        return html.append("</tbody></table>").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
