package org.spdbook.kernel.shell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where objects cross from the kernel to a generated snippet. Snippets run in this process, so it is the object itself. */
public final class Exchange {

    private static final Map<String, Object> OBJECTS = new ConcurrentHashMap<>();

    private Exchange() {}

    static void put(String key, Object value) {
        OBJECTS.put(key, value);
    }

    /** Called by generated snippets; takes the object away. */
    public static @Nullable Object take(String key) {
        return OBJECTS.remove(key);
    }
}
