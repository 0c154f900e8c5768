/** The CLIP-like vision model that the emoji and shapes worlds share. */
@NullMarked
package org.spdbook.twin.vision;

import org.jspecify.annotations.NullMarked;
