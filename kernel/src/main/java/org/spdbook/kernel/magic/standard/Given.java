package org.spdbook.kernel.magic.standard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spdbook.kernel.magic.MagicException;

/**
 * What was typed after the name of a magic.
 *
 * @param usage of the magic
 * @param options by name, with each value that was given
 * @param words the others, in order
 */
record Given(Usage usage, Map<String, List<String>> options, List<String> words) {

    /** Whether an option was given. */
    boolean has(String option) {
        return options.containsKey(option);
    }

    /** Each value that was given for an option, in order. */
    List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** The number given for an option; the last one when there are more. */
    Optional<Integer> number(String option) {
        List<String> all = values(option);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String value = all.get(all.size() - 1);
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // the sentence below says it
        }
        throw new MagicException(
                "the option " + option + " of %" + usage.name() + " is a number from 1 up, got " + value);
    }

    /**
     * The only word.
     *
     * @throws MagicException if there is none or there are more
     */
    String only() {
        if (words.size() != 1) {
            throw wrong();
        }
        return words.get(0);
    }

    /** Says how the magic is called. */
    MagicException wrong() {
        return new MagicException("%" + usage.name() + " is called like this: "
                + String.join("  or  ", usage.forms().lines().map(String::strip).toList())
                + (words.isEmpty() ? "" : "; got the words " + String.join(" ", words))
                + "; %help " + usage.name() + " tells more");
    }
}
