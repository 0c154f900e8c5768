package org.spdbook.magics.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/**
 * Reads a jsplot {@link Figure} out as the tree of a Plotly figure ({@code data}, {@code layout}). jsplot only writes
 * JavaScript; its literals are read back, numbers in quotes become numbers, and titles get the form that Plotly 3 asks
 * for ({@code title: {text: ...}}).
 */
final class FigureTree {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Set<String> WORDS = Set.of(
            "title", "name", "text", "ticktext", "labels", "tickprefix", "ticksuffix", "tickformat", "legendgroup");

    private FigureTree() {}

    /** The tree; maps and lists may be changed by the caller. */
    static Map<String, @Nullable Object> of(Figure figure) {
        List<@Nullable Object> data = new ArrayList<>();
        Trace[] traces = figure.getTraces();
        for (int i = 0; i < traces.length; i++) {
            data.add(typed("", LiteralReader.readAssignment(traces[i].asJavascript(i))));
        }
        Layout layout = figure.getLayout();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("data", data);
        tree.put("layout", layout == null ? new LinkedHashMap<>() : layout(layout));
        return tree;
    }

    private static Map<String, @Nullable Object> layout(Layout layout) {
        Map<String, @Nullable Object> tree = object(typed("", LiteralReader.readAssignment(layout.asJavascript())));
        nestTitle(tree);
        for (Map.Entry<String, @Nullable Object> entry : tree.entrySet()) {
            if (entry.getKey().matches("[xyz]axis\\d*") && entry.getValue() instanceof Map<?, ?>) {
                nestTitle(object(entry.getValue()));
            }
        }
        return tree;
    }

    private static void nestTitle(Map<String, @Nullable Object> tree) {
        Object font = tree.remove("titlefont");
        if (tree.get("title") instanceof String text) {
            Map<String, @Nullable Object> title = new LinkedHashMap<>();
            title.put("text", text);
            if (font != null) {
                title.put("font", font);
            }
            tree.put("title", title);
        }
    }

    /** Texts that are numbers or truth values by their look become such, except where words are expected. */
    private static @Nullable Object typed(String key, @Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            Map<String, @Nullable Object> object = object(value);
            object.replaceAll(FigureTree::typed);
            return object;
        }
        if (value instanceof List<?> list) {
            boolean numbers = list.stream().allMatch(item -> !(item instanceof String text) || isNumber(text));
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(item instanceof String && !numbers ? item : typed(key, item));
            }
            return items;
        }
        return value instanceof String text && !WORDS.contains(key) ? scalar(text) : value;
    }

    private static @Nullable Object scalar(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "NaN" -> null;
            default -> NUMBER.matcher(text).matches() ? Double.valueOf(text) : text;
        };
    }

    private static boolean isNumber(String text) {
        return text.equals("NaN") || NUMBER.matcher(text).matches();
    }

    /** A map of this tree; the reader makes them with text keys only. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }
}
