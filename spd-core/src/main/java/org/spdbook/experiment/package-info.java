/** Experiments: a description of work, the worlds it runs in, and what came out. */
@NullMarked
package org.spdbook.experiment;

import org.jspecify.annotations.NullMarked;
