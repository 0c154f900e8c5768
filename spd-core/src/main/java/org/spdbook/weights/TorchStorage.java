package org.spdbook.weights;

/**
 * A storage of an archive: the numbers that one or several tensors look at.
 *
 * @param dtype element type, U8 for one without a type
 * @param key name of its entry under {@code data/}
 * @param elements that it is said to have
 */
record TorchStorage(DType dtype, String key, long elements) {}
