package org.spdbook.weights;

import java.nio.file.Path;

/**
 * Where the bytes of a tensor lie: little-endian, in row-major order, one after the other.
 *
 * @param file that holds them
 * @param begin first byte, from the start of the file
 * @param end byte after the last one
 */
public record FilePart(Path file, long begin, long end) {}
