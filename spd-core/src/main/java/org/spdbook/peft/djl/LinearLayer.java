package org.spdbook.peft.djl;

/**
 * A linear layer inside a block of DJL.
 *
 * @param name names of the blocks on the way to it, such as {@code 02SequentialBlock.01Linear}
 * @param out values it gives
 * @param in values it takes
 */
public record LinearLayer(String name, long out, long in) {}
