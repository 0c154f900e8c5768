/** A Java kernel for Jupyter. */
@NullMarked
package org.spdbook.kernel;

import org.jspecify.annotations.NullMarked;
