/** Sweeps: many runs from a grid of values, each in a process of its own. */
@NullMarked
package org.spdbook.experiment.sweep;

import org.jspecify.annotations.NullMarked;
