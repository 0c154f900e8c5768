/** Worlds whose data and weights do not come with the software: where these are looked for on disk, and what can be set. */
@NullMarked
package org.spdbook.experiment.disk;

import org.jspecify.annotations.NullMarked;
