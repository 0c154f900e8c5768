/** One word per file. */
@NullMarked
package org.spdbook.magics.command;

import org.jspecify.annotations.NullMarked;
