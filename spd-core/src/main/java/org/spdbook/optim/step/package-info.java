/** How a step is executed: one tensor at a time as the paper writes it, or fused over all tensors. */
@NullMarked
package org.spdbook.optim.step;

import org.jspecify.annotations.NullMarked;
