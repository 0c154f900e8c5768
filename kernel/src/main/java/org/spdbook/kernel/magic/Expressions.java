package org.spdbook.kernel.magic;

/**
 * Gives the text of a Java expression that stands in braces in the line of a magic.
 *
 * @param <E> how it fails
 */
@FunctionalInterface
public interface Expressions<E extends Exception> {

    /** The text of the value of an expression, without its braces. */
    String text(String java) throws E;
}
