package org.spdbook.kernel.magic.standard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Nearest;

/**
 * How a magic is called: for its help, its completion, and for reading what was typed.
 *
 * @param name after the sign
 * @param forms one or more lines that show a call, with the sign
 * @param summary one line for the list of magics
 * @param options that it takes
 * @param notes what else a reader needs to know; may be empty
 */
record Usage(String name, String forms, String summary, List<Option> options, String notes) {

    /**
     * An option.
     *
     * @param name with its dashes
     * @param value what the value is called; empty when it takes none
     * @param meaning a line
     */
    record Option(String name, String value, String meaning) {}

    Usage {
        options = List.copyOf(options);
    }

    /** A magic without options yet. */
    static Usage of(String name, String forms, String summary) {
        return new Usage(name, forms, summary, List.of(), "");
    }

    /** This usage with one more option; an empty value name for one that takes no value. */
    Usage option(String option, String value, String meaning) {
        List<Option> more = new ArrayList<>(options);
        more.add(new Option(option, value, meaning));
        return new Usage(name, forms, summary, more, notes);
    }

    /** This usage with notes below its options. */
    Usage notes(String text) {
        return new Usage(name, forms, summary, options, text.strip());
    }

    /** The option of a name. */
    Optional<Option> find(String word) {
        return options.stream().filter(option -> option.name().equals(word)).findFirst();
    }

    /** The help on it, as plain text. */
    String text() {
        StringBuilder text =
                new StringBuilder(forms).append("\n\n").append(summary).append('.');
        if (!options.isEmpty()) {
            text.append('\n');
        }
        for (Option option : options) {
            text.append(
                    String.format("%n  %-22s %s", (option.name() + " " + option.value()).strip(), option.meaning()));
        }
        if (!notes.isEmpty()) {
            text.append("\n\n").append(notes);
        }
        return text.toString();
    }

    /**
     * Reads words: options anywhere, everything after {@code --} as it is.
     *
     * @throws MagicException for an option that is not known or lacks its value
     */
    Given read(List<String> words) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                others.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (!isOption(word)) {
                others.add(word);
                continue;
            }
            String[] parts = word.split("=", 2);
            Option option = known(parts[0]);
            String value = parts.length > 1 ? parts[1] : "";
            if (!option.value().isEmpty() && parts.length == 1) {
                if (i + 1 == words.size()) {
                    throw new MagicException(
                            "the option " + word + " of %" + name + " needs a value, " + option.value());
                }
                value = words.get(++i);
            }
            found.computeIfAbsent(option.name(), absent -> new ArrayList<>()).add(value);
        }
        return new Given(this, found, others);
    }

    /** Reads the options at the beginning of a text; the rest, as it was typed, is its only word. */
    Given readText(String text) {
        List<String> words = new ArrayList<>();
        String rest = text.strip();
        while (isOption(rest)) {
            String[] parts = rest.split("\\s+", 2);
            rest = parts.length > 1 ? parts[1] : "";
            if (parts[0].equals("--")) {
                break;
            }
            words.add(parts[0]);
            if (!known(parts[0].split("=", 2)[0]).value().isEmpty() && !parts[0].contains("=") && !rest.isEmpty()) {
                String[] value = rest.split("\\s+", 2);
                words.add(value[0]);
                rest = value.length > 1 ? value[1] : "";
            }
        }
        Given options = read(words);
        return new Given(this, options.options(), rest.isEmpty() ? List.of() : List.of(rest));
    }

    private static boolean isOption(String word) {
        return word.length() > 1
                && word.charAt(0) == '-'
                && (word.charAt(1) == '-' || Character.isLetter(word.charAt(1)));
    }

    private Option known(String word) {
        List<String> names = options.stream().map(Option::name).toList();
        return find(word)
                .orElseThrow(() -> new MagicException("%" + name + " does not know the option " + word
                        + (names.isEmpty()
                                ? "; it has none"
                                : Nearest.of(word, names)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; it has " + String.join(", ", names)))));
    }
}
