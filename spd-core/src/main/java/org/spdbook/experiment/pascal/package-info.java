/** Table 4 of the paper on PASCAL itself, in the profiles pilot and paper. */
@NullMarked
package org.spdbook.experiment.pascal;

import org.jspecify.annotations.NullMarked;
