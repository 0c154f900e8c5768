package org.spdbook.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checked option values of one optimiser: every option has one.
 *
 * @param values name to value as typed
 */
public record Options(Map<String, String> values) {

    public Options {
        values = Map.copyOf(values);
    }

    /**
     * Checks given values and fills in defaults.
     *
     * @throws IllegalArgumentException if a name is not known or a value cannot be read
     */
    static Options of(String optimizer, List<OptionSpec> specs, Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        specs.forEach(spec -> values.put(spec.name(), spec.defaultValue()));
        given.forEach((name, value) -> {
            OptionSpec spec = specs.stream()
                    .filter(s -> s.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (spec == null) {
                throw new IllegalArgumentException("optimizer " + optimizer + " has no option " + name + "; it has "
                        + String.join(", ", values.keySet()));
            }
            check(spec, value);
            values.put(name, value);
        });
        return new Options(values);
    }

    private static void check(OptionSpec spec, String value) {
        boolean readable = switch (spec.kind()) {
            case NUMBER -> isNumber(value);
            case FLAG, CHOICE -> spec.values().contains(value);
            case PATTERN -> true;
        };
        if (!readable) {
            throw new IllegalArgumentException("option " + spec.name() + " takes "
                    + (spec.values().isEmpty() ? "a number" : String.join(" or ", spec.values())) + ", got " + value);
        }
    }

    private static boolean isNumber(String value) {
        try {
            return !Double.isNaN(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A value as typed. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option " + name + " among " + values.keySet());
        }
        return value;
    }

    /** A value read as a number. */
    public double number(String name) {
        return Double.parseDouble(text(name));
    }

    /** A value read as true or false. */
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }
}
