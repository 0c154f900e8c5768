package org.spdbook.ledger;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.spdbook.eval.Estimate;

/** How an interval decides; the text of each rule is in {@code claims.json}. */
public enum Rule {
    HIGHER("higher"),
    NOT_LOWER("not lower"),
    SMALLER("smaller");

    /** Points of accuracy that count as no difference. */
    private static final double MARGIN = 1;

    private final String word;

    Rule(String word) {
        this.word = word;
    }

    /** The word for it. */
    public String word() {
        return word;
    }

    /**
     * The rule of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Rule of(String word) {
        return Arrays.stream(values())
                .filter(rule -> rule.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a rule is one of "
                        + Arrays.stream(values()).map(Rule::word).collect(Collectors.joining(", ")) + ", got " + word));
    }

    /** Decides; inconclusive where there is no interval. */
    Verdict judge(Estimate estimate) {
        if (!estimate.hasInterval()) {
            return Verdict.INCONCLUSIVE;
        }
        if (this == HIGHER && estimate.low() >= -MARGIN && estimate.high() <= MARGIN) {
            return Verdict.TIE;
        }
        return switch (this) {
            case HIGHER -> above(estimate, 0);
            case NOT_LOWER -> above(estimate, -MARGIN);
            case SMALLER -> above(new Estimate(-estimate.mean(), -estimate.high(), -estimate.low()), -1);
        };
    }

    private static Verdict above(Estimate estimate, double limit) {
        if (estimate.low() > limit) {
            return Verdict.SUPPORTED;
        }
        return estimate.high() < limit ? Verdict.CONTRADICTED : Verdict.INCONCLUSIVE;
    }
}
