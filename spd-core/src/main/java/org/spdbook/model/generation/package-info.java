/** Texts that a language model writes: greedy, by beam search or by sampling. */
@NullMarked
package org.spdbook.model.generation;

import org.jspecify.annotations.NullMarked;
