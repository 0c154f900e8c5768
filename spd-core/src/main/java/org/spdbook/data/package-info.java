/** Data: pictures as bytes, and transforms that equal the Python originals to the last bit. */
@NullMarked
package org.spdbook.data;

import org.jspecify.annotations.NullMarked;
