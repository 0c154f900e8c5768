/** Help while a cell is being written: completion, inspection with documentation, whether it is complete. */
@NullMarked
package org.spdbook.kernel.editing;

import org.jspecify.annotations.NullMarked;
