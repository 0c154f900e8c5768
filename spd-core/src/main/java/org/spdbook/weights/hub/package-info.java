/** Files of the Hugging Face hub: loaded over HTTP into the cache that its own programs share, and found there. */
@NullMarked
package org.spdbook.weights.hub;

import org.jspecify.annotations.NullMarked;
