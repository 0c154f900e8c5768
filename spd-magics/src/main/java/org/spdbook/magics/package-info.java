/** The words of the SPD Book, as a command line. */
@NullMarked
package org.spdbook.magics;

import org.jspecify.annotations.NullMarked;
