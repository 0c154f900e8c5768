/** Evaluation: scores on test sets and the deviation from the pre-trained weights. */
@NullMarked
package org.spdbook.eval;

import org.jspecify.annotations.NullMarked;
