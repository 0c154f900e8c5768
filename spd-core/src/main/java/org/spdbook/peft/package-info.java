/**
 * Parameter-efficient fine-tuning: adapters that are put around the modules of a model, of which they alone are trained, and the files that
 * Hugging Face peft reads and writes.
 */
@NullMarked
package org.spdbook.peft;

import org.jspecify.annotations.NullMarked;
