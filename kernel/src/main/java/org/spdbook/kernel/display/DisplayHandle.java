package org.spdbook.kernel.display;

/** An output in a cell that can be replaced in place. Safe to use from any thread, also after its cell has ended. */
public interface DisplayHandle {

    /** The Jupyter display id, unique in this kernel. */
    String id();

    /**
     * Shows another value in the same place.
     *
     * @param value anything a {@link Renderer} knows, a {@link DisplayBundle} as it is, otherwise its text
     */
    void update(Object value);
}
