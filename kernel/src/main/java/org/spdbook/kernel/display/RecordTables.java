package org.spdbook.kernel.display;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Records, maps and rows of any kind as tables. */
final class RecordTables {

    /** Most rows shown. */
    static final int MOST_ROWS = 50;

    /** Most columns shown. */
    static final int MOST_COLUMNS = 30;

    /** Most characters of a cell. */
    static final int MOST_OF_CELL = 200;

    private static final List<String> ONE_COLUMN = List.of("value");

    private RecordTables() {}

    /** Records of one class as a table; null for other elements, and for a collection that has a text of its own. */
    static @Nullable DisplayBundle of(Collection<?> elements, BuiltIn.Context context) {
        Class<?> type = null;
        if (elements.isEmpty() || !PlainText.isOfJdk(elements)) {
            return null;
        }
        for (Object element : elements) {
            if (!(element instanceof Record) || (type != null && type != element.getClass())) {
                return null;
            }
            type = element.getClass();
        }
        return table(elements.iterator(), MOST_ROWS, elements.size(), context);
    }

    /** One record as a table of its components, beside its text; null when it has a text of its own. */
    static @Nullable DisplayBundle ofOne(Record value, BuiltIn.Context context) {
        String text = context.text(value);
        List<RecordComponent> components = components(value);
        if (components.isEmpty() || !text.startsWith(value.getClass().getSimpleName() + "[")) {
            return null;
        }
        List<List<String>> rows = components.stream()
                .limit(MOST_ROWS)
                .map(component -> List.of(component.getName(), cell(component(value, component), context)))
                .toList();
        var table = new RowTable(List.of(value.getClass().getSimpleName(), ""), rows, "");
        return DisplayBundle.text(text).with(DisplayBundle.HTML, table.html());
    }

    /** A map as a table of two columns, beside its text; null when it has a text of its own or nothing in it. */
    static @Nullable DisplayBundle ofMap(Map<?, ?> map, BuiltIn.Context context) {
        if (map.isEmpty() || !PlainText.isOfJdk(map)) {
            return null;
        }
        List<List<String>> rows = new ArrayList<>();
        var entries = map.entrySet().iterator();
        while (entries.hasNext() && rows.size() < MOST_ROWS) {
            Map.Entry<?, ?> entry = entries.next();
            rows.add(List.of(cell(entry.getKey(), context), cell(entry.getValue(), context)));
        }
        var table = new RowTable(List.of("key", "value"), rows, note(rows.size(), map.size(), !entries.hasNext()));
        return DisplayBundle.text(context.text(map)).with(DisplayBundle.HTML, table.html());
    }

    /**
     * Rows of any kind as a table: components of records, values of maps by their keys, elements of lists and arrays by position;
     * anything else in one column.
     *
     * @param most rows shown; no more than one further is taken from the iterator
     * @param size how many there are, negative when unknown
     */
    static DisplayBundle table(Iterator<?> rows, int most, int size, BuiltIn.Context context) {
        List<@Nullable Object> taken = new ArrayList<>();
        while (taken.size() < most && rows.hasNext()) {
            taken.add(rows.next());
        }
        boolean whole = !rows.hasNext();
        Set<String> names = new LinkedHashSet<>();
        taken.forEach(row -> names.addAll(names(row)));
        List<String> header = names.stream().limit(MOST_COLUMNS).toList();
        if (header.isEmpty()) {
            return DisplayBundle.text("A table without " + (taken.isEmpty() ? "rows." : "columns."));
        }
        List<List<String>> cells = taken.stream()
                .map(row -> header.stream()
                        .map(name -> names(row).contains(name) ? cell(valueOf(row, name), context) : "")
                        .toList())
                .toList();
        String columns = header.size() == names.size() ? "" : header.size() + " of " + names.size() + " columns shown.";
        var table = new RowTable(header, cells, (note(cells.size(), size, whole) + " " + columns).strip());
        return DisplayBundle.text(table.text()).with(DisplayBundle.HTML, table.html());
    }

    private static String note(int shown, int size, boolean whole) {
        if (whole) {
            return "";
        }
        return size < 0
                ? String.format(Locale.ROOT, "The first %,d rows shown.", shown)
                : String.format(Locale.ROOT, "%,d of %,d rows shown.", shown, size);
    }

    private static List<String> names(@Nullable Object row) {
        if (row instanceof Record) {
            List<String> names =
                    components(row).stream().map(RecordComponent::getName).toList();
            return names.isEmpty() ? ONE_COLUMN : names;
        }
        if (row instanceof Map<?, ?> map) {
            return map.keySet().stream().map(String::valueOf).toList();
        }
        if (row instanceof List<?> list) {
            return positions(list.size());
        }
        return row != null && row.getClass().isArray() ? positions(Array.getLength(row)) : ONE_COLUMN;
    }

    private static List<String> positions(int size) {
        return IntStream.range(0, size).mapToObj(Integer::toString).toList();
    }

    private static @Nullable Object valueOf(@Nullable Object row, String name) {
        if (row instanceof Record) {
            return components(row).stream()
                    .filter(component -> component.getName().equals(name))
                    .findFirst()
                    .map(component -> component(row, component))
                    .orElse(row);
        }
        if (row instanceof Map<?, ?> map) {
            for (var entry : map.entrySet()) {
                if (String.valueOf(entry.getKey()).equals(name)) {
                    return entry.getValue();
                }
            }
        }
        if (row instanceof List<?> list) {
            return list.get(Integer.parseInt(name));
        }
        return row != null && row.getClass().isArray() ? Array.get(row, Integer.parseInt(name)) : row;
    }

    private static List<RecordComponent> components(Object value) {
        return Arrays.asList(value.getClass().getRecordComponents());
    }

    static @Nullable Object component(Object value, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the component " + component.getName() + " cannot be read: "
                    + (e.getCause() == null ? e : e.getCause()));
        }
    }

    private static String cell(@Nullable Object value, BuiltIn.Context context) {
        String text = context.text(value);
        return text.length() > MOST_OF_CELL ? text.substring(0, MOST_OF_CELL) + "..." : text;
    }
}
