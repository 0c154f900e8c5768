package org.spdbook.experiment.photo;

/**
 * A picture as a model takes it.
 *
 * @param input [3, size, size], row by row
 * @param labels its class, or that of each of its pixels
 */
public record Example(float[] input, long[] labels) {}
