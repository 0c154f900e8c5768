/** The JShell session: splitting a cell, running it, interrupting it, and errors that name the line of the cell. */
@NullMarked
package org.spdbook.kernel.shell;

import org.jspecify.annotations.NullMarked;
