package org.spdbook.experiment;

import java.util.Locale;

/**
 * What a model wrote behind a prompt.
 *
 * @param text without the prompt
 * @param tokens how many it has, with the one that ended it
 * @param ending why there are no more
 */
public record Written(String text, int tokens, Ending ending) {

    /** Why a text is over. */
    public enum Ending {
        /** The model ended it. */
        ENDED,
        /** It has as many tokens as were asked for. */
        FULL,
        /** Somebody stopped it. */
        STOPPED;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
