package org.spdbook.kernel.shell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where objects cross between the kernel and the snippets of a cell. Snippets run in this process, so it is the object itself. */
public final class Exchange {

    private static final Map<String, Object> OBJECTS = new ConcurrentHashMap<>();

    private Exchange() {}

    /** Called by generated snippets. */
    public static void put(String key, @Nullable Object value) {
        if (value == null) {
            OBJECTS.remove(key);
        } else {
            OBJECTS.put(key, value);
        }
    }

    /** Called by generated snippets; takes the object away. */
    public static @Nullable Object take(String key) {
        return OBJECTS.remove(key);
    }
}
