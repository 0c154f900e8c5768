package org.spdbook.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;

/**
 * Frees every array made in a piece of code as soon as it ends, except its result. DJL attaches a result to the manager
 * of the array it was computed from, so without a scope an expression on parameters stays alive as long as they do.
 *
 * <p>Scopes nest: the result of an inner one belongs to the outer one. Arrays that autograd still needs stay alive in
 * the graph; only their Java handles go. The exception is what DJL makes of Java's values ({@code NDManager.create}) on the CPU: its
 * memory goes with its handle, so when backward needs such an array, it must be made outside.
 */
public final class Scope {

    private Scope() {}

    /**
     * Runs code and frees what it made except the returned array, which the enclosing scope or the caller owns.
     *
     * @param body makes arrays; may return an array made before it began
     */
    public static NDArray of(Supplier<NDArray> body) {
        NDArray result;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            result = body.get();
            NDScope.unregister(result);
        }
        NDScope.register(result);
        return result;
    }

    /** As {@link #of} for several results. */
    public static NDList listOf(Supplier<NDList> body) {
        NDList results;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            results = body.get();
            NDScope.unregister(results);
        }
        results.forEach(NDScope::register);
        return results;
    }

    /** Runs code and frees every array it made; what it returns is plain data. */
    public static <T> T compute(Supplier<T> body) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return body.get();
        }
    }

    /** Runs code and frees every array it made. */
    public static void run(Runnable body) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            body.run();
        }
    }

    /** Takes an array out of the current scope: its manager or the caller frees it. Returns the array. */
    public static NDArray keep(NDArray array) {
        NDScope.unregister(array);
        return array;
    }
}
