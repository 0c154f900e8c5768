package org.spdbook.experiment.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spdbook.experiment.Known;
import org.spdbook.optim.OptionSpec;

/**
 * What can be set of an experiment on data on disk beside the recipe, with the values that it has now.
 *
 * @param options each with its value as default
 */
public record DiskSettings(List<OptionSpec> options) {

    /** Share of the examples of every list, above 0, at most 1. */
    public static final String FRACTION = "fraction";

    /** Steps after which training ends even if the epochs are not over. */
    public static final String MOST_STEPS = "max-steps";

    /** Questions of each test set that are asked, at least 1. */
    public static final String TESTS = "tests";

    public DiskSettings {
        options = List.copyOf(options);
    }

    /** Whether one can be set. */
    public boolean has(String name) {
        return options.stream().anyMatch(option -> option.name().equals(name));
    }

    /** The value of one as a word; empty when it cannot be set. */
    public String word(String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(OptionSpec::defaultValue)
                .findFirst()
                .orElse("");
    }

    /** The value of one as a number; the other value when it cannot be set. */
    public double number(String name, double otherwise) {
        return has(name) ? number(name, word(name)) : otherwise;
    }

    /** The value of one as a whole number; the other value when it cannot be set. */
    public int whole(String name, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        try {
            return Integer.parseInt(word(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a whole number, got " + word(name), e);
        }
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a number, got " + text, e);
        }
    }

    /** Whether there are fewer examples than in the files. */
    public boolean isPart() {
        return has(FRACTION);
    }

    /** Of the training questions of an experiment, those that are trained on. */
    public <T> List<T> trained(List<T> questions, String experiment) {
        double fraction = number(FRACTION, 1);
        return fraction == 1
                ? questions
                : Sample.of(questions, Math.round(questions.size() * fraction), experiment + " training");
    }

    /** Of the questions of a set, those that are tested on. */
    public <T> List<T> tested(List<T> questions, String set) {
        return isPart() ? Sample.of(questions, whole(TESTS, 1), set) : questions;
    }

    /**
     * These with some changed.
     *
     * @param settings values as typed
     * @throws IllegalArgumentException if a name is not known, or a value is no number or word that it takes
     */
    public DiskSettings with(Map<String, String> settings) {
        List<String> known = options.stream().map(OptionSpec::name).toList();
        settings.keySet().forEach(name -> Known.require("setting", name, known));
        List<OptionSpec> changed = new ArrayList<>();
        for (OptionSpec option : options) {
            String value = settings.get(option.name());
            changed.add(value == null ? option : with(option, value));
        }
        return new DiskSettings(changed);
    }

    private static OptionSpec with(OptionSpec option, String value) {
        if (option.kind() == OptionSpec.Kind.CHOICE) {
            Known.require(option.name(), value, option.values());
        }
        String read = option.kind() == OptionSpec.Kind.NUMBER ? Double.toString(number(option.name(), value)) : value;
        return new OptionSpec(option.name(), read, option.help(), option.values(), option.kind());
    }
}
