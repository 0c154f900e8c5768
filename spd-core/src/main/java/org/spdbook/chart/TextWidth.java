package org.spdbook.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimated width of text in a sans-serif font, without asking a font: a share of the font size per class of
 * characters, chosen a little wide (measured against DejaVu Sans, the widest of the usual ones).
 */
final class TextWidth {

    private TextWidth() {}

    /** Width in pixels at a font size in pixels. */
    static double of(String text, double size) {
        double sum = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            sum += share(c);
            i += Character.charCount(c);
        }
        return sum * size;
    }

    private static double share(int c) {
        if ("iljI|.,:;'!".indexOf(c) >= 0) {
            return 0.34;
        }
        if ("ftr()[] -/\"".indexOf(c) >= 0) {
            return 0.4;
        }
        if ("mMW@%".indexOf(c) >= 0) {
            return 0.95;
        }
        if (c >= 0x2E80) {
            return 1.05;
        }
        return Character.isUpperCase(c) || "w+=<>~−".indexOf(c) >= 0 ? 0.77 : 0.635;
    }

    /** The text, or its beginning and an ellipsis, in at most {@code width} pixels. */
    static String fit(String text, double size, double width) {
        if (of(text, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 1 && of(text.substring(0, end) + "…", size) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + "…";
    }

    /** The text in lines of at most {@code width} pixels, broken at spaces; a longer word is cut. Empty for no text. */
    static List<String> wrap(String text, double size, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && of(longer, size) > width) {
                lines.add(line);
                longer = word;
            }
            line = fit(longer, size, width);
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }
}
