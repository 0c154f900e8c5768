package org.spdbook.chart;

/**
 * How one series looks.
 *
 * @param color {@code #RRGGBB}
 * @param marker shape of its points
 * @param rank 0 for the first series of a method in a chart, 1 for the second ...; further ones are lighter and dashed
 * @param hollow whether the marker is empty and the line dotted
 */
public record Style(String color, Marker marker, int rank, boolean hollow) {

    private static final String[] DASHES = {"", "6 3", "2 2", "8 3 2 3"};
    private static final String DOTS = "1.5 4";
    private static final String[] PLOTLY_DASHES = {"solid", "dash", "dot", "dashdot"};

    public Style {
        if (!color.matches("#[0-9A-F]{6}")) {
            throw new IllegalArgumentException("a colour must read #RRGGBB in capitals, got '" + color + "'");
        }
        if (rank < 0) {
            throw new IllegalArgumentException("the rank of a style must be >= 0, got " + rank);
        }
    }

    /** A filled style. */
    public Style(String color, Marker marker, int rank) {
        this(color, marker, rank, false);
    }

    /** This style for the {@code rank}-th series of the same method: same hue and marker, lighter, another dash. */
    public Style ranked(int rank) {
        return new Style(rank == 0 ? color : mixed(color, Math.min(0.65, 0.3 * rank), 255), marker, rank, hollow);
    }

    /** This style with an empty marker and a dotted line, or not. */
    Style hollow(boolean isHollow) {
        return new Style(color, marker, rank, isHollow);
    }

    /** The name of its marker in Plotly. */
    public String symbol() {
        return hollow ? marker.plotly() + "-open" : marker.plotly();
    }

    /** Its colour made dark enough for small text on white. */
    String textColor() {
        return mixed(color, 0.4, 0);
    }

    /** The SVG dash array of its line, empty for a solid one. */
    String dash() {
        return hollow ? DOTS : DASHES[rank % DASHES.length];
    }

    /** The name of its dash in Plotly. */
    String plotlyDash() {
        return hollow ? "dot" : PLOTLY_DASHES[rank % PLOTLY_DASHES.length];
    }

    private static String mixed(String color, double share, int other) {
        StringBuilder text = new StringBuilder("#");
        for (int i = 1; i < 7; i += 2) {
            int part = Integer.parseInt(color.substring(i, i + 2), 16);
            int value = (int) Math.round(part + share * (other - part));
            text.append(Character.toUpperCase(Character.forDigit(value >> 4, 16)))
                    .append(Character.toUpperCase(Character.forDigit(value & 15, 16)));
        }
        return text.toString();
    }
}
