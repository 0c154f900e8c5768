package org.spdbook.experiment.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.spdbook.experiment.Known;

/** How the setting of a method is chosen before methods are compared. */
public enum Choice {
    /** Both at the same learning rate. */
    SAME_RATE("same rate"),

    /** For each domain and seed that with the highest ID validation accuracy, from equally many; the first of equal ones. */
    ID_VALIDATION("tuned on ID validation"),

    /** That with the highest mean OOD accuracy. No fair choice: it looks at the answer. */
    HINDSIGHT("best in hindsight, chosen by OOD"),

    /** Of the first method that whose mean OOD accuracy is nearest to the second's. For asking what equal OOD accuracy costs. */
    NEAREST_OOD("nearest in OOD"),

    /** All rates of a method at one strength, that with the highest mean ID validation accuracy over all of them. */
    RATE_RANGE("all rates, strength tuned on ID validation"),

    /** As {@link #RATE_RANGE}, but of the rates only that with the lowest mean OOD accuracy, each method its own. */
    WORST_RATE("worst rate, strength tuned on ID validation");

    private final String words;

    Choice(String words) {
        this.words = words;
    }

    /** For people and for JSON. */
    public String words() {
        return words;
    }

    /** Whether it tunes, and so is fair only among equally many settings. */
    boolean isTuned() {
        return this == ID_VALIDATION || this == RATE_RANGE || this == WORST_RATE;
    }

    /**
     * The choice of these words.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Choice of(String words) {
        return Arrays.stream(values())
                .filter(choice -> choice.words.equals(words))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Known.sentence(
                        "choice",
                        words,
                        Arrays.stream(values()).map(Choice::words).toList())));
    }

    /**
     * The first of those with the highest value.
     *
     * @param candidates at least one
     */
    static <T> T highest(List<T> candidates, ToDoubleFunction<T> value) {
        // max takes the last of equal ones; reversed and min the first
        return candidates.stream()
                .min(Comparator.comparingDouble(value).reversed())
                .orElseThrow();
    }
}
