/**
 * Objects as outlines, and what they are painted with: the means of the procedural worlds. Every byte is computed with integer
 * arithmetic, IEEE basic operations and {@link java.lang.StrictMath}, so it is the same on every JDK.
 */
@NullMarked
package org.spdbook.twin.drawing;

import org.jspecify.annotations.NullMarked;
