package org.spdbook.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart as data: axes, series or a heat map, and one sentence with its message. Immutable.
 *
 * <pre>{@code
 * Chart loss = Chart.of("Loss while fine-tuning", Axis.linear("step", ""), Axis.log("loss", "nats"),
 *                 "Both losses fall alike; Adam-SPD ends at 0.41, AdamW at 0.40.")
 *         .with(Series.line("adamw", steps, a))
 *         .with(Series.line("adam-spd", steps, b));
 * String svg = SvgWriter.standard().write(loss);
 * }</pre>
 *
 * <p>Bars need one axis with categories: bars stand on a categorical x axis and lie along a categorical y axis. In both
 * cases the series' {@code x} is the index of the category and its {@code y} the value.
 *
 * @param title what is shown
 * @param x horizontal axis
 * @param y vertical axis
 * @param series lines, points or bars in drawing order; empty for a heat map
 * @param heatMap the heat map, or null; the axes then only name its rows and columns
 * @param message one sentence that tells what the chart shows, used as alternative text; 1 to 250 characters
 * @param note small print under the chart, may be empty
 */
public record Chart(
        String title,
        Axis x,
        Axis y,
        List<Series> series,
        @Nullable HeatMap heatMap,
        String message,
        String note) {

    /** The longest message, in characters: screen readers and alternative texts want one breath. */
    public static final int LONGEST_MESSAGE = 250;

    public Chart {
        series = List.copyOf(series);
        if (title.isBlank()) {
            throw new IllegalArgumentException("a chart needs a title, got none");
        }
        if (message.isBlank() || message.length() > LONGEST_MESSAGE) {
            throw new IllegalArgumentException("chart '" + title + "' needs a message of 1 to " + LONGEST_MESSAGE
                    + " characters as its alternative text, got " + message.length());
        }
        if (heatMap != null && !series.isEmpty()) {
            throw new IllegalArgumentException("chart '" + title + "' has a heat map and series; make two charts");
        }
        ChartCheck.check(title, x, y, series);
    }

    /** A chart without content yet. */
    public static Chart of(String title, Axis x, Axis y, String message) {
        return new Chart(title, x, y, List.of(), null, message, "");
    }

    /** This chart with one more series. */
    public Chart with(Series more) {
        List<Series> all = new ArrayList<>(series);
        all.add(more);
        return new Chart(title, x, y, all, heatMap, message, note);
    }

    /** This chart with a heat map as its content. */
    public Chart withHeatMap(HeatMap map) {
        return new Chart(title, x, y, series, map, message, note);
    }

    /** This chart with another sentence. */
    public Chart withMessage(String sentence) {
        return new Chart(title, x, y, series, heatMap, sentence, note);
    }

    /** This chart with small print under it. */
    public Chart withNote(String text) {
        return new Chart(title, x, y, series, heatMap, message, text);
    }

    /** Whether bars lie instead of stand: the categories are on the y axis. */
    public boolean isHorizontal() {
        return y.isCategorical();
    }

    /** The axis of the values: x for lying bars, else y. */
    public Axis valueAxis() {
        return isHorizontal() ? x : y;
    }

    /** The axis of the places: y for lying bars, else x. */
    public Axis placeAxis() {
        return isHorizontal() ? y : x;
    }

    /** The message, then for each series its course as a sparkline with smallest, largest and last value. */
    public String toText() {
        StringBuilder text = new StringBuilder(message);
        int widest = series.stream().mapToInt(s -> s.name().length()).max().orElse(0);
        for (Series one : series) {
            text.append('\n')
                    .append(one.name())
                    .append(" ".repeat(widest - one.name().length() + 2));
            text.append(Sparkline.describe(one.y()));
        }
        return text.toString();
    }
}
