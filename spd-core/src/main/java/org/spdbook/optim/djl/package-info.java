/** Our update rules as optimizers of DJL's own Trainer. */
@NullMarked
package org.spdbook.optim.djl;

import org.jspecify.annotations.NullMarked;
