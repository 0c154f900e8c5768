package org.spdbook.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Colour and marker of a method, the same in every chart of the book.
 *
 * <p>The hues are those of Okabe and Ito ("Color Universal Design", 2008), which stay apart under the common kinds of
 * colour blindness; their yellow is left out because it vanishes on white. A name that is not listed gets a style from
 * its own letters, so it looks the same in every chart that has no clash.
 */
public final class Palette {

    private static final String BLUE = "#0072B2";
    private static final String VERMILLION = "#D55E00";
    private static final String GREEN = "#009E73";
    private static final String ORANGE = "#E69F00";
    private static final String PURPLE = "#CC79A7";
    private static final String SKY = "#56B4E9";
    private static final String BROWN = "#7F5539";
    private static final String GREY = "#595959";

    private static final Map<String, Style> KNOWN = known();
    private static final List<Style> OTHERS = others();

    private Palette() {}

    /**
     * The style of a method.
     *
     * @param method its name; case, spaces and punctuation do not matter ({@code Adam-SPD} = {@code adam_spd})
     */
    public static Style of(String method) {
        String key = key(method);
        Style known = KNOWN.get(key);
        return known != null ? known : OTHERS.get(Math.floorMod(hash(key), OTHERS.size()));
    }

    /**
     * The styles of all series of one chart, in their order. Series of one method share hue and marker and differ in
     * lightness; two unlisted methods that would look alike are moved apart.
     *
     * @param methods the method of each series
     */
    public static List<Style> of(List<String> methods) {
        Map<String, Style> chosen = new LinkedHashMap<>();
        for (String method : methods) {
            String key = key(method);
            if (!chosen.containsKey(key)) {
                chosen.put(key, KNOWN.containsKey(key) ? of(method) : free(key, chosen));
            }
        }
        Map<String, Integer> seen = new HashMap<>();
        List<Style> styles = new ArrayList<>();
        for (String method : methods) {
            String key = key(method);
            int rank = seen.merge(key, 1, Integer::sum) - 1;
            styles.add(Objects.requireNonNull(chosen.get(key)).ranked(rank));
        }
        return List.copyOf(styles);
    }

    /** The styles of the series of a chart, in their order; filled and hollow ones of a method are counted apart. */
    public static List<Style> ofSeries(List<Series> series) {
        List<Style> plain = of(series.stream().map(Series::method).toList());
        Map<String, Integer> seen = new HashMap<>();
        List<Style> styles = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i);
            int rank = seen.merge(key(one.method()) + one.hollow(), 1, Integer::sum) - 1;
            Style first = plain.get(firstOf(one.method(), series));
            styles.add(first.ranked(rank).hollow(one.hollow()));
        }
        return List.copyOf(styles);
    }

    private static int firstOf(String method, List<Series> series) {
        int index = 0;
        while (!key(series.get(index).method()).equals(key(method))) {
            index++;
        }
        return index;
    }

    private static Style free(String key, Map<String, Style> chosen) {
        int start = Math.floorMod(hash(key), OTHERS.size());
        List<Style> nearest = new ArrayList<>(OTHERS.subList(start, OTHERS.size()));
        nearest.addAll(OTHERS.subList(0, start));
        List<Style> fresh = nearest.stream()
                .filter(style -> chosen.values().stream()
                        .noneMatch(other -> other.color().equals(style.color())))
                .toList();
        Optional<Style> unlike = fresh.stream()
                .filter(style -> chosen.values().stream().noneMatch(other -> other.marker() == style.marker()))
                .findFirst();
        if (unlike.isPresent() || !fresh.isEmpty()) {
            return unlike.orElseGet(() -> fresh.get(0));
        }
        return OTHERS.stream()
                .filter(style -> !chosen.containsValue(style))
                .findFirst()
                .orElse(OTHERS.get(start));
    }

    private static Map<String, Style> known() {
        Map<String, Style> known = new HashMap<>();
        put(known, BLUE, Marker.CIRCLE, "adam-spd", "spd");
        put(known, VERMILLION, Marker.SQUARE, "adamw");
        put(known, GREEN, Marker.TRIANGLE, "l2sp");
        put(known, PURPLE, Marker.SQUARE, "l2sp decoupled");
        put(known, ORANGE, Marker.DIAMOND, "adam");
        put(known, GREY, Marker.STAR, "zero-shot", "pretrained");
        return Map.copyOf(known);
    }

    private static void put(Map<String, Style> known, String color, Marker marker, String... names) {
        for (String name : names) {
            known.put(key(name), new Style(color, marker, 0));
        }
    }

    private static List<Style> others() {
        String[] colors = {PURPLE, SKY, BROWN, GREY, GREEN, ORANGE, VERMILLION, BLUE};
        Marker[] markers = {Marker.DOWN, Marker.CROSS, Marker.X, Marker.DIAMOND};
        List<Style> all = new ArrayList<>();
        for (int i = 0; i < colors.length * markers.length; i++) {
            Marker marker = markers[(i + i / colors.length) % markers.length];
            all.add(new Style(colors[i % colors.length], marker, 0));
        }
        all.removeAll(KNOWN.values());
        return List.copyOf(all);
    }

    private static String key(String method) {
        return method.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** FNV-1a over the characters: fixed by this code, where {@code hashCode} is only fixed by a document. */
    private static int hash(String key) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x01000193;
        }
        return hash ^ (hash >>> 15);
    }
}
