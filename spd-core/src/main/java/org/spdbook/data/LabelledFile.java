package org.spdbook.data;

/**
 * A picture file and its class.
 *
 * @param name path below the data set's folder, with slashes
 * @param label number of the class, from 0
 */
public record LabelledFile(String name, int label) {}
