/** Training: the loop, schedules, checkpoints, the run log, progress, seeds and cancellation. */
@NullMarked
package org.spdbook.train;

import org.jspecify.annotations.NullMarked;
