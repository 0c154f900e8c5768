/** What is measured of the loader of photographs, in its package as it is not public. */
@NullMarked
package org.spdbook.experiment.photo;

import org.jspecify.annotations.NullMarked;
