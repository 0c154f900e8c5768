package org.spdbook.kernel.display;

/** Where a cell's displays go: what the kernel gives to {@link Display}. Safe for any thread, also after the cell has ended. */
public interface DisplayTarget {

    /** Shows a value as an output that can be updated in place. */
    DisplayHandle display(Object value);

    /**
     * Shows another value wherever an output of a display id is.
     *
     * @param id of {@link DisplayHandle#id()}, of this cell or an earlier one
     */
    void update(String id, Object value);

    /**
     * Empties the outputs of the cell.
     *
     * @param wait true to do so only when the next output comes, so that nothing flickers
     */
    void clear(boolean wait);

    /** What is shown for a value. */
    DisplayBundle bundle(Object value);

    /** Tells the user what went wrong beside the result, on standard error. */
    void note(String sentence);

    /** The renderers of the kernel. */
    Renderers renderers();

    /** Registers what is done when the cell ends, however it ends; forgotten when it has ended. */
    void onEnd(Runnable work);
}
