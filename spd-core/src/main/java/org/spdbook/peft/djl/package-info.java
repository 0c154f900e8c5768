/** LoRA for any block of DJL, the user's own ones too. */
@NullMarked
package org.spdbook.peft.djl;

import org.jspecify.annotations.NullMarked;
