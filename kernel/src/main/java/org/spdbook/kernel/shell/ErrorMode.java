package org.spdbook.kernel.shell;

/** How much an error of a cell shows. */
public enum ErrorMode {
    /** Every frame, also those of the kernel. */
    FULL,
    /** The user's frames with the source line of each; the default. */
    CONTEXT,
    /** The user's frames, without source lines and colours. */
    PLAIN,
    /** Kind and message of the error, and where in the cell. */
    MINIMAL
}
