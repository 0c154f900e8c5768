/** Table 3 of the paper on ImageNet itself, in the profiles pilot and paper. */
@NullMarked
package org.spdbook.experiment.imagenet;

import org.jspecify.annotations.NullMarked;
