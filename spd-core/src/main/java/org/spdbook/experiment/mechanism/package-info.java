/** What the selection of Adam-SPD does inside a run, and what its runs have in common. */
@NullMarked
package org.spdbook.experiment.mechanism;

import org.jspecify.annotations.NullMarked;
