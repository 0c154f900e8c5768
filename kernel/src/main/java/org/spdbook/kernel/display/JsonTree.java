package org.spdbook.kernel.display;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as a tree of maps, lists, texts, numbers and booleans, which is what JSON can say. */
final class JsonTree {

    private static final int DEEPEST = 200;

    private static final Gson GSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private JsonTree() {}

    static DisplayBundle bundle(Object value) {
        Object tree = value instanceof CharSequence text ? parsed(text.toString()) : tree(value, 0);
        if (tree == null) {
            return DisplayBundle.text("null");
        }
        return DisplayBundle.text(GSON.toJson(tree)).with("application/json", tree);
    }

    /** The tree of any value that is not null. */
    static Object of(Object value) {
        Object tree = tree(value, 0);
        return tree == null ? "null" : tree;
    }

    private static @Nullable Object parsed(String text) {
        try {
            return GSON.fromJson(text, Object.class);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(
                    "the text is no JSON: " + (e.getCause() == null ? e : e.getCause()).getMessage());
        }
    }

    private static @Nullable Object tree(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("the value is nested deeper than " + DEEPEST
                    + " levels, perhaps it holds itself; JSON has no form for that");
        }
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? number : number.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            map.forEach((key, element) -> tree.put(String.valueOf(key), tree(element, depth + 1)));
            return tree;
        }
        if (value instanceof Collection<?> elements) {
            List<@Nullable Object> tree = new ArrayList<>();
            elements.forEach(element -> tree.add(tree(element, depth + 1)));
            return tree;
        }
        if (value instanceof Record) {
            return ofRecord(value, depth);
        }
        return value.getClass().isArray() ? ofArray(value, depth) : value.toString();
    }

    private static Object ofRecord(Object value, int depth) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            tree.put(component.getName(), tree(RecordTables.component(value, component), depth + 1));
        }
        return tree;
    }

    private static Object ofArray(Object value, int depth) {
        List<@Nullable Object> tree = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            tree.add(tree(Array.get(value, i), depth + 1));
        }
        return tree;
    }
}
