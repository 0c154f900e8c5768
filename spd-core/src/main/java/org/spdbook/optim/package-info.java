/**
 * Optimisers: one method per file, its paper in the header. A method is an {@link org.spdbook.optim.UpdateRule};
 * {@link org.spdbook.optim.BoundOptimizer} holds the state of one rule on one model; {@code optim.step} executes it.
 */
@NullMarked
package org.spdbook.optim;

import org.jspecify.annotations.NullMarked;
