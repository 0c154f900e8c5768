/** Installing the kernel into Jupyter and finding out what is wrong when it does not start. */
@NullMarked
package org.spdbook.kernel.install;

import org.jspecify.annotations.NullMarked;
