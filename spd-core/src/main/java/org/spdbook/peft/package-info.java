/** Parameter-efficient fine-tuning: small sets of trained tensors beside the frozen weights of a model. */
@NullMarked
package org.spdbook.peft;

import org.jspecify.annotations.NullMarked;
