/** Comparing our results with reference results in a folder: the word {@code verify}. */
@NullMarked
package org.spdbook.verify;

import org.jspecify.annotations.NullMarked;
