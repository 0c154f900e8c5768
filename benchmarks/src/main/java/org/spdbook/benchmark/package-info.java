/** Programs that a driver in {@code benchmarks/python} runs in turn with the Python original. */
@NullMarked
package org.spdbook.benchmark;

import org.jspecify.annotations.NullMarked;
