/** Table 6 of the paper with PaliGemma itself, in the profiles pilot and paper. */
@NullMarked
package org.spdbook.experiment.vqa;

import org.jspecify.annotations.NullMarked;
