package org.spdbook.kernel.editing;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A value in one short line. A {@code toString} of the user that fails or takes long does no harm. */
final class ValueText {

    private static final int LENGTH = 300;
    private static final int ELEMENTS = 10;
    private static final int PATIENCE_MILLIS = 200;

    private ValueText() {}

    /** The text of a value. */
    static String of(@Nullable Object value) {
        var work = new FutureTask<>(() -> text(value));
        Thread thread = new Thread(work, "value-text");
        thread.setDaemon(true);
        thread.start();
        try {
            return work.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return "(its toString takes long)";
        } catch (ExecutionException e) {
            return "(its toString failed: " + e.getCause() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String string) {
            return cut('"' + (string.length() > LENGTH ? string.substring(0, LENGTH) : string) + '"');
        }
        if (value instanceof Collection<?> collection && collection.size() > ELEMENTS) {
            return cut(first(collection.iterator()) + " (" + collection.size() + " elements)");
        }
        if (value instanceof Map<?, ?> map && map.size() > ELEMENTS) {
            return cut(first(map.entrySet().iterator()) + " (" + map.size() + " entries)");
        }
        if (value != null && value.getClass().isArray()) {
            return cut(array(value));
        }
        return cut(String.valueOf(value));
    }

    private static String first(Iterator<?> elements) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < ELEMENTS && elements.hasNext(); i++) {
            text.append(elements.next()).append(", ");
        }
        return text.append("...]").toString();
    }

    private static String array(Object array) {
        int length = java.lang.reflect.Array.getLength(array);
        Object[] shown = new Object[Math.min(length, ELEMENTS)];
        Arrays.setAll(shown, i -> java.lang.reflect.Array.get(array, i));
        String text = Arrays.deepToString(shown);
        return length <= ELEMENTS ? text : text.substring(0, text.length() - 1) + ", ...] (" + length + " elements)";
    }

    private static String cut(String text) {
        String line = text.replace("\n", "\\n");
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "...";
    }
}
