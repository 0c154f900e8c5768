package org.spdbook.optim;

import java.util.List;
import java.util.stream.Stream;

/**
 * An option of an optimiser, for help, completion and checks.
 *
 * @param name as typed after {@code --set}, lower case with hyphens
 * @param defaultValue as typed
 * @param help what it means, in a few words
 * @param values what completion offers; empty for any number
 * @param kind how it is read
 */
public record OptionSpec(String name, String defaultValue, String help, List<String> values, Kind kind) {

    /** How an option is read. */
    public enum Kind {
        NUMBER,
        FLAG,
        CHOICE,
        PATTERN
    }

    /** A number. */
    public static OptionSpec number(String name, double defaultValue, String help) {
        return new OptionSpec(name, Double.toString(defaultValue), help, List.of(), Kind.NUMBER);
    }

    /** True or false, false by default. */
    public static OptionSpec flag(String name, String help) {
        return new OptionSpec(name, "false", help, List.of("true", "false"), Kind.FLAG);
    }

    /** One of some words. */
    public static OptionSpec choice(String name, String defaultValue, String help, List<String> values) {
        return new OptionSpec(name, defaultValue, help, values, Kind.CHOICE);
    }

    /** A text that the optimiser reads; the values are examples. */
    public static OptionSpec pattern(String name, String defaultValue, String help, List<String> examples) {
        return new OptionSpec(name, defaultValue, help, examples, Kind.PATTERN);
    }

    static <T> List<T> join(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
