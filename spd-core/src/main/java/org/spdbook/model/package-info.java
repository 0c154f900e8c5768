/** Models of the paper's experiments: a record of sizes, the forward pass, and the names of their tensors in files. */
@NullMarked
package org.spdbook.model;

import org.jspecify.annotations.NullMarked;
