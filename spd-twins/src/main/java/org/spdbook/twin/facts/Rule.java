package org.spdbook.twin.facts;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How one fact follows from another: the n-th value of the effect from the n-th of the cause. In its text {@code {c}} stands for the
 * cause's value and {@code {v}} for the effect's.
 */
enum Rule {
    COVER(Relation.CLASS, Relation.COVER, "{c} has {v}"),
    MOVE(Relation.CLASS, Relation.MOVE, "{c} {v}"),
    EVENT(Relation.MATERIAL, Relation.EVENT, "{c} {v}"),
    ACTION(Relation.JOB, Relation.ACTION, "{c} {v}"),
    WORK(Relation.JOB, Relation.WORK, "{c} works in the {v}"),
    REACT(Relation.TRAIT, Relation.REACT, "{c} person {v}");

    private static final List<String> SENTENCES =
            Arrays.stream(values()).flatMap(Rule::eachSentence).toList();

    private final Relation cause;
    private final Relation effect;
    private final String text;

    Rule(Relation cause, Relation effect, String text) {
        this.cause = cause;
        this.effect = effect;
        this.text = text;
    }

    /** Whether a relation's facts follow from others. */
    static boolean decides(Relation relation) {
        return Arrays.stream(values()).anyMatch(rule -> rule.effect == relation);
    }

    /** All rules for all values, 42 sentences without full stops. */
    static List<String> sentences() {
        return SENTENCES;
    }

    /** What it follows from. */
    Relation cause() {
        return cause;
    }

    /** What follows. */
    Relation effect() {
        return effect;
    }

    /** The value that follows from one of the cause's. */
    String follows(String from) {
        return effect.range().get(cause.range().indexOf(from));
    }

    /** The rule for one value of the cause, without a full stop. */
    String sentence(String from) {
        return text.replace("{c}", from).replace("{v}", follows(from));
    }

    private Stream<String> eachSentence() {
        return cause.range().stream().map(this::sentence);
    }
}
