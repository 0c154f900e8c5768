/** Building blocks of models: parameters by name, and modules that compute with them. */
@NullMarked
package org.spdbook.nn;

import org.jspecify.annotations.NullMarked;
