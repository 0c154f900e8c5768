package org.spdbook.chart;

import java.util.List;
import java.util.stream.Collectors;
import org.spdbook.data.Pixels;

/**
 * Small pictures side by side with short texts under each. Immutable.
 *
 * @param title what is shown
 * @param columns pictures in a row, at least 1
 * @param pictures row by row, at least one, all of one size and with channels RGB
 * @param message one sentence that tells what is to be seen, used as alternative text; 1 to 250 characters
 * @param note small print under the pictures, may be empty
 */
public record PictureGrid(String title, int columns, List<Picture> pictures, String message, String note) {

    /** What a text says of a picture. */
    public enum Mark {
        NONE,
        RIGHT,
        WRONG
    }

    /**
     * A text under a picture.
     *
     * @param mark a sign and a colour before it
     */
    public record Line(String text, Mark mark) {

        /** A text without a mark. */
        public static Line of(String text) {
            return new Line(text, Mark.NONE);
        }

        private String plain() {
            return text + (mark == Mark.RIGHT ? " (right)" : mark == Mark.WRONG ? " (wrong)" : "");
        }
    }

    /** A picture with the texts under it, of which there may be none. */
    public record Picture(Pixels pixels, List<Line> lines) {

        public Picture {
            lines = List.copyOf(lines);
        }
    }

    public PictureGrid {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty() || columns < 1) {
            throw new IllegalArgumentException("pictures '" + title + "' need at least one picture and one column, got "
                    + pictures.size() + " pictures and " + columns + " columns");
        }
        if (title.isBlank() || message.isBlank() || message.length() > Chart.LONGEST_MESSAGE) {
            throw new IllegalArgumentException("pictures need a title and a message of 1 to " + Chart.LONGEST_MESSAGE
                    + " characters, got '" + title + "' and " + message.length() + " characters");
        }
        Pixels first = pictures.get(0).pixels();
        for (Picture picture : pictures) {
            Pixels pixels = picture.pixels();
            if (pixels.channels() != Pixels.RGB
                    || pixels.height() != first.height()
                    || pixels.width() != first.width()) {
                throw new IllegalArgumentException("pictures '" + title
                        + "' must all be RGB and of the size of the first, " + first + ", got " + pixels);
            }
        }
    }

    /** The message, then one line of texts for each picture. */
    public String toText() {
        return message + "\n"
                + pictures.stream()
                        .map(picture ->
                                picture.lines().stream().map(Line::plain).collect(Collectors.joining("  ")))
                        .collect(Collectors.joining("\n"));
    }
}
