/** What the small worlds have in common: weights that come with them, and how they are opened. */
@NullMarked
package org.spdbook.twin;

import org.jspecify.annotations.NullMarked;
