package org.spdbook.model.generation;

/** Is told each new token as soon as it is certain, so that a text can be shown while it is written. */
@FunctionalInterface
public interface TokenListener {

    /**
     * A token of a text, the one that ends it too; filling is not told.
     *
     * @param text number of the prompt, from 0
     */
    void token(int text, long id);
}
