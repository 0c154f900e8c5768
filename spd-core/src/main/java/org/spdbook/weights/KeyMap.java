package org.spdbook.weights;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the tensors of a model, named here as on the Hugging Face hub, are named and laid out in files of another origin. Rules are
 * tried in order; a name that none fits is the same there. Immutable.
 */
public final class KeyMap {

    /** What is done to a tensor of the file to get that of the model. */
    public enum Layout {
        /** Nothing, but for extents of 1. */
        SAME,
        /** The axes of a matrix are exchanged. */
        TRANSPOSED,
        /** The first third of the first axis: queries of a stacked projection. */
        FIRST_THIRD,
        /** The second third: keys. */
        SECOND_THIRD,
        /** The last third: values. */
        LAST_THIRD
    }

    /**
     * Where a tensor is.
     *
     * @param key name in the file
     * @param layout how it lies there
     */
    public record Source(String key, Layout layout) {}

    private record Rule(Pattern name, String key, Layout layout) {}

    private final String origin;
    private final List<Rule> rules;

    private KeyMap(String origin, List<Rule> rules) {
        this.origin = origin;
        this.rules = rules;
    }

    /** The names of the hub. */
    public static KeyMap hub() {
        return of("Hugging Face");
    }

    /**
     * No rules yet.
     *
     * @param origin whose files, such as {@code OpenAI}
     */
    public static KeyMap of(String origin) {
        return new KeyMap(origin, List.of());
    }

    /**
     * This map with a rule for tensors that lie alike.
     *
     * @param name regular expression of whole names
     * @param key replacement, with {@code $1} for groups
     */
    public KeyMap rule(String name, String key) {
        return rule(name, key, Layout.SAME);
    }

    /** This map with a rule for tensors that lie in another way. */
    public KeyMap rule(String name, String key, Layout layout) {
        var rule = new Rule(Pattern.compile(name), key, layout);
        return new KeyMap(origin, Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    /**
     * This map with rules for queries, keys and values that are one tensor in the file.
     *
     * @param name regular expression of whole names, in which {@code QKV} stands for the three words
     * @param words of queries, keys and values
     */
    public KeyMap stacked(String name, List<String> words, String key) {
        return rule(name.replace("QKV", words.get(0)), key, Layout.FIRST_THIRD)
                .rule(name.replace("QKV", words.get(1)), key, Layout.SECOND_THIRD)
                .rule(name.replace("QKV", words.get(2)), key, Layout.LAST_THIRD);
    }

    /** Whose files. */
    public String origin() {
        return origin;
    }

    /** Where a tensor is in a file; its own name where no rule fits. */
    public Source source(String name) {
        for (Rule rule : rules) {
            Matcher matcher = rule.name().matcher(name);
            if (matcher.matches()) {
                return new Source(matcher.replaceFirst(rule.key()), rule.layout());
            }
        }
        return new Source(name, Layout.SAME);
    }

    /** Whether a file has all of some tensors under this map's names. */
    public boolean fits(TensorFile file, List<String> names) {
        return names.stream().allMatch(name -> file.has(source(name).key()));
    }
}
