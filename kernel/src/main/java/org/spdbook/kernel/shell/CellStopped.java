package org.spdbook.kernel.shell;

/** Ends the code of a cell that was interrupted. An error, so that the cell's own {@code catch (Exception e)} does not keep it. */
final class CellStopped extends Error {

    private static final long serialVersionUID = 1;

    CellStopped() {
        super("the cell was interrupted", null, false, false);
    }
}
