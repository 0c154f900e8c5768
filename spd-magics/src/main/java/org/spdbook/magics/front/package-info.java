/** Where words are typed and their answers shown: a terminal or a notebook. */
@NullMarked
package org.spdbook.magics.front;

import org.jspecify.annotations.NullMarked;
