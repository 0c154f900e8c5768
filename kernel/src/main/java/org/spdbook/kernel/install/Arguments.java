package org.spdbook.kernel.install;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.spdbook.kernel.magic.Nearest;

/**
 * The options of one word of the command line.
 *
 * @param given by name, with the values in order; an option without a value has the empty string
 */
record Arguments(Map<String, List<String>> given) {

    /**
     * Reads {@code --flag}, {@code --option VALUE} and {@code --option=VALUE}.
     *
     * @param word they belong to, for messages
     * @param flags options without a value
     * @param valued options with one
     * @throws IllegalArgumentException for anything else, in one sentence
     */
    static Arguments read(String word, Set<String> flags, Set<String> valued, List<String> typed) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        Deque<String> left = new ArrayDeque<>(typed);
        while (!left.isEmpty()) {
            String next = left.pop();
            int equals = next.startsWith("--") ? next.indexOf('=') : -1;
            String option = equals < 0 ? next : next.substring(0, equals);
            if (flags.contains(option) && equals < 0) {
                given.computeIfAbsent(option, name -> new ArrayList<>()).add("");
            } else if (valued.contains(option)) {
                if (equals < 0 && left.isEmpty()) {
                    throw new IllegalArgumentException(
                            "the option " + option + " of " + word + " needs a value; found none");
                }
                String value = equals < 0 ? left.pop() : next.substring(equals + 1);
                given.computeIfAbsent(option, name -> new ArrayList<>()).add(value);
            } else {
                throw new IllegalArgumentException(unknown(word, option, flags, valued));
            }
        }
        return new Arguments(given);
    }

    private static String unknown(String word, String option, Set<String> flags, Set<String> valued) {
        Set<String> all = new TreeSet<>(flags);
        all.addAll(valued);
        String guess = Nearest.question(option, all, "");
        return word + " does not know " + option + (guess.isEmpty() ? ";" : guess)
                + (all.isEmpty() ? " it takes no options" : " its options are " + String.join(", ", all));
    }

    /** Whether an option was given. */
    boolean has(String option) {
        return given.containsKey(option);
    }

    /** The last value of an option. */
    Optional<String> value(String option) {
        List<String> values = all(option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** All values of an option. */
    List<String> all(String option) {
        return given.getOrDefault(option, List.of());
    }

    /**
     * Refuses more than one of some options.
     *
     * @throws IllegalArgumentException if several are given
     */
    void atMostOne(String... options) {
        List<String> found = Stream.of(options).filter(this::has).toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    String.join(" and ", found) + " contradict each other; give one of them");
        }
    }
}
