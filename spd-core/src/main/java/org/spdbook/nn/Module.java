package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model that works on each token, with a name in {@link Parameters#modules} and a place around it where an adapter can be
 * put. Not thread-safe.
 */
public abstract class Module {

    private final long in;
    private final long out;
    private @Nullable Around adapter;

    /**
     * A module without an adapter.
     *
     * @param in width of what it takes
     * @param out width of what it gives
     */
    protected Module(long in, long out) {
        this.in = in;
        this.out = out;
    }

    /** What an adapter makes of a module. */
    @FunctionalInterface
    public interface Around {

        /**
         * The output of the adapted module.
         *
         * @param x [.., in]
         * @param module as it is without the adapter
         * @return [.., out]
         */
        NDArray forward(NDArray x, UnaryOperator<NDArray> module);
    }

    /** x: [.., in]; result [.., out]: of the module, or of the adapter around it. */
    public final NDArray forward(NDArray x) {
        Around around = adapter;
        return around == null ? plain(x) : around.forward(x, this::plain);
    }

    /** As {@link #forward}, without an adapter. */
    protected abstract NDArray plain(NDArray x);

    /** Whether there is no adapter around it, nor around its parts. */
    boolean isPlain() {
        return adapter == null;
    }

    /** Width of what it takes. */
    public final long in() {
        return in;
    }

    /** Width of what it gives. */
    public final long out() {
        return out;
    }

    /**
     * Puts an adapter around it.
     *
     * @throws IllegalStateException if there is one
     */
    public final void adapt(Around around) {
        if (adapter != null) {
            throw new IllegalStateException("this module has an adapter already; detach that one, or merge it, first");
        }
        adapter = around;
    }

    /** Takes the adapter away, if there is one. */
    public final void plain() {
        adapter = null;
    }
}
