/** Table 5 of the paper with LLaMA itself, in the profiles pilot and paper. */
@NullMarked
package org.spdbook.experiment.commonsense;

import org.jspecify.annotations.NullMarked;
