/** Sweeps: many runs from a grid of values, in processes of their own. */
@NullMarked
package org.spdbook.experiment.sweep;

import org.jspecify.annotations.NullMarked;
