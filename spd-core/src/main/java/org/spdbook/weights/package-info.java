/** Weights in files: safetensors read by mapping and written atomically, archives of torch.save read, and checksums. */
@NullMarked
package org.spdbook.weights;

import org.jspecify.annotations.NullMarked;
