/** What a cell shows: MIME bundles, outputs updated in place, progress, and renderers found by ServiceLoader. */
@NullMarked
package org.spdbook.kernel.display;

import org.jspecify.annotations.NullMarked;
