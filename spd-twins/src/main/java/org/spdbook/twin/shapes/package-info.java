/**
 * The procedural vision world of twins.md 1: objects drawn from polygons in six styles, the stand-in for DomainNet. Every byte is
 * computed with integer arithmetic, IEEE basic operations and {@link java.lang.StrictMath}, so it is the same on every JDK.
 */
@NullMarked
package org.spdbook.twin.shapes;

import org.jspecify.annotations.NullMarked;
