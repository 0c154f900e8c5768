package org.spdbook.kernel.display;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What every cell can call without a class before it. A method of the same name that a cell declares wins. */
public final class Shorthand {

    private Shorthand() {}

    /** Shows a value, as {@link Display#show}. */
    public static DisplayHandle display(@Nullable Object value, String... mimeTypes) {
        return Display.show(value, mimeTypes);
    }

    /** A loop with a bar, as {@link Progress#of(Iterable, String)} without a title. */
    public static <T> Iterable<T> progress(Iterable<T> items) {
        return Progress.of(items, "");
    }

    /** A stream with a bar, as {@link Progress#of(Stream, String)} without a title. */
    public static <T> Stream<T> progress(Stream<T> items) {
        return Progress.of(items, "");
    }

    /** A loop over an array with a bar. */
    public static <T> Iterable<T> progress(T[] items) {
        return Progress.of(items, "");
    }

    /** A loop over whole numbers with a bar: from the first, before the last. */
    public static Iterable<Integer> progress(int from, int to) {
        return Progress.range(from, to, "");
    }
}
