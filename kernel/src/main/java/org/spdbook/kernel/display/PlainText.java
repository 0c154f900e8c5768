package org.spdbook.kernel.display;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value: what its {@code toString} gives, but arrays and the JDK's collections by their elements, and never so much
 * that a front-end stands still. Text of the user, a {@code CharSequence}, is whole.
 */
final class PlainText {

    /** Most elements shown of one array or collection; of a longer one with an index, the first and the last half of them. */
    static final int MOST_ELEMENTS = 1000;

    /** Most elements shown of nested ones together. */
    static final int MOST_NESTED = 10_000;

    /** Most characters shown of what is no text itself. */
    static final int MOST_CHARACTERS = 1_000_000;

    /** Most characters of a text. */
    static final int MOST_OF_TEXT = 100_000_000;

    private final StringBuilder text = new StringBuilder();
    private final Consumer<String> notes;
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int left = MOST_NESTED;

    private PlainText(Consumer<String> notes) {
        this.notes = notes;
    }

    /**
     * The text of a value.
     *
     * @param notes told, as a sentence, when a {@code toString} fails
     */
    static String of(@Nullable Object value, Consumer<String> notes) {
        if (value instanceof CharSequence) {
            return cut(ofOther(value, notes), MOST_OF_TEXT);
        }
        if (value == null || !hasElements(value)) {
            return value == null ? "null" : cut(ofOther(value, notes), MOST_CHARACTERS);
        }
        var plain = new PlainText(notes);
        plain.append(value);
        return cut(plain.text.toString(), MOST_CHARACTERS);
    }

    private static boolean hasElements(Object value) {
        return value.getClass().isArray() || value instanceof Collection || value instanceof Map;
    }

    /** Whether the text of a value is the JDK's own, and not one that somebody wrote for it. */
    static boolean isOfJdk(Object value) {
        try {
            String owner =
                    value.getClass().getMethod("toString").getDeclaringClass().getName();
            return owner.startsWith("java.") || owner.startsWith("jdk.") || owner.startsWith("sun.");
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** The beginning of a text, with a notice when that is not all. */
    private static String cut(String whole, int most) {
        if (whole.length() <= most) {
            return whole;
        }
        int end = Character.isHighSurrogate(whole.charAt(most - 1)) ? most - 1 : most;
        return whole.substring(0, end)
                + String.format(
                        Locale.ROOT, "%n[%,d of %,d characters shown; write the rest to a file]", end, whole.length());
    }

    private void append(@Nullable Object value) {
        if (value == null) {
            text.append("null");
        } else if (value.getClass().isArray()) {
            nested(value, () -> indexed(Array.getLength(value), i -> Array.get(value, i)));
        } else if (value instanceof Collection<?> elements && isOfJdk(value)) {
            nested(value, () -> collection(elements));
        } else if (value instanceof Map<?, ?> map && isOfJdk(value)) {
            nested(value, () -> map(map));
        } else {
            String one = ofOther(value, notes);
            text.append(one, 0, Math.min(one.length(), MOST_CHARACTERS + 1));
        }
    }

    private void nested(Object value, Runnable elements) {
        if (!open.add(value)) {
            text.append("(this ").append(value.getClass().getSimpleName()).append(" again)");
            return;
        }
        elements.run();
        open.remove(value);
    }

    private void collection(Collection<?> elements) {
        if (elements instanceof RandomAccess && elements instanceof List<?> list) {
            indexed(list.size(), list::get);
            return;
        }
        text.append('[');
        Iterator<?> each = elements.iterator();
        int shown = 0;
        while (each.hasNext() && shown < MOST_ELEMENTS && isRoom()) {
            element(shown++, each.next());
        }
        end(']', !each.hasNext(), elements.size(), "elements");
    }

    private void indexed(int length, IntFunction<@Nullable Object> get) {
        int half = MOST_ELEMENTS / 2;
        text.append('[');
        int i = 0;
        for (; i < length && isRoom(); i++) {
            if (length > MOST_ELEMENTS && i == half) {
                text.append(", ...");
                i = length - half;
            }
            element(i, get.apply(i));
        }
        if (i == length && length > MOST_ELEMENTS) {
            text.append("] (")
                    .append(String.format(Locale.ROOT, "%,d elements", length))
                    .append(')');
        } else {
            end(']', i == length, length, "elements");
        }
    }

    private void map(Map<?, ?> map) {
        text.append('{');
        var each = map.entrySet().iterator();
        int shown = 0;
        while (each.hasNext() && shown < MOST_ELEMENTS && isRoom()) {
            Map.Entry<?, ?> entry = each.next();
            element(shown++, entry.getKey());
            text.append('=');
            append(entry.getValue());
        }
        end('}', !each.hasNext(), map.size(), "entries");
    }

    private boolean isRoom() {
        return left > 0 && text.length() <= MOST_CHARACTERS;
    }

    private void element(int index, @Nullable Object element) {
        left--;
        text.append(index == 0 ? "" : ", ");
        append(element);
    }

    private void end(char bracket, boolean whole, int size, String what) {
        text.append(whole ? "" : ", ...").append(bracket);
        if (!whole) {
            text.append(String.format(Locale.ROOT, " (%,d %s)", size, what));
        }
    }

    /** What {@code toString} gives; when it fails, the class with a note why. */
    private static String ofOther(Object value, Consumer<String> notes) {
        String name = TypeName.of(value.getClass());
        String identity = name + "@" + Integer.toHexString(System.identityHashCode(value));
        String given = Guarded.call(value::toString, "toString of " + name, notes);
        return given == null ? identity : given;
    }
}
