/** Commonsense questions in words (Table 5): eight sets, their prompts, and batches of ids for a language model. */
@NullMarked
package org.spdbook.data.commonsense;

import org.jspecify.annotations.NullMarked;
