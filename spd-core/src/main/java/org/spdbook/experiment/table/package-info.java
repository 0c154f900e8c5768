/** Tables: the cells of the paper's tables, the runs that are known of them, and methods side by side with intervals. */
@NullMarked
package org.spdbook.experiment.table;

import org.jspecify.annotations.NullMarked;
