/** The emoji world: the same 802 emoji concepts drawn by five design teams. Recipe: twins.md 0. */
@NullMarked
package org.spdbook.twin.emoji;

import org.jspecify.annotations.NullMarked;
