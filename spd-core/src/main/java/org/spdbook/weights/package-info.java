/** Weights in files: safetensors read by mapping and written atomically, checksums, and files of a hub with their cache. */
@NullMarked
package org.spdbook.weights;

import org.jspecify.annotations.NullMarked;
