package org.spdbook.optim;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The value of an option that is a word, with numbers in parentheses or without: {@code instant}, {@code ema(0.9)},
 * {@code random(0.5 0.4)}.
 *
 * @param word in lower case
 * @param numbers as written; empty without parentheses
 */
public record NumberedWord(String word, List<Double> numbers) {

    public NumberedWord {
        numbers = List.copyOf(numbers);
    }

    /** Reads one; empty if the text is none. */
    public static Optional<NumberedWord> parse(String text) {
        String all = text.trim().toLowerCase(Locale.ROOT);
        int open = all.indexOf('(');
        if (open < 0) {
            return Optional.of(new NumberedWord(all, List.of()));
        }
        if (!all.endsWith(")")) {
            return Optional.empty();
        }
        try {
            List<Double> numbers = Stream.of(
                            all.substring(open + 1, all.length() - 1).trim().split("\\s+"))
                    .map(Double::valueOf)
                    .toList();
            return Optional.of(new NumberedWord(all.substring(0, open).trim(), numbers));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return numbers.isEmpty()
                ? word
                : word + numbers.stream().map(String::valueOf).collect(Collectors.joining(" ", "(", ")"));
    }
}
