/** Commands of the notebook, {@code %name} and {@code %%name}: the service interface, the scanner and the built-in ones. */
@NullMarked
package org.spdbook.kernel.magic;

import org.jspecify.annotations.NullMarked;
