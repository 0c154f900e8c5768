package org.spdbook.kernel.display;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The order in which renderers are looked for. */
final class Supertypes {

    private Supertypes() {}

    /** A class and all it extends and implements: each before its own supertypes, otherwise as they are declared. */
    static List<Class<?>> of(Class<?> type) {
        Set<Class<?>> waiting = declared(type);
        List<Class<?>> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Class<?> next = waiting.stream()
                    .filter(one -> waiting.stream().noneMatch(other -> other != one && one.isAssignableFrom(other)))
                    .findFirst()
                    .orElseThrow();
            ordered.add(next);
            waiting.remove(next);
        }
        return ordered;
    }

    private static Set<Class<?>> declared(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        var open = new ArrayDeque<Class<?>>(List.of(type));
        while (!open.isEmpty()) {
            Class<?> next = open.remove();
            if (found.add(next)) {
                open.addAll(List.of(next.getInterfaces()));
                Class<?> parent = next.getSuperclass();
                if (parent != null) {
                    open.add(parent);
                }
            }
        }
        return found;
    }
}
