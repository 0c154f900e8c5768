/** The magics that come with the kernel: one file each, found by ServiceLoader like those of others. */
@NullMarked
package org.spdbook.kernel.magic.standard;

import org.jspecify.annotations.NullMarked;
