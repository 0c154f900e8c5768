package org.spdbook.ledger;

import java.util.List;

/** What the runs say of a claim. */
public enum Verdict {
    SUPPORTED("supported"),
    TIE("tie"),
    CONTRADICTED("contradicted"),
    INCONCLUSIVE("inconclusive"),
    /** The runs are not known. */
    NOT_RUN("not run");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** The word for it. */
    public String word() {
        return word;
    }

    /** The verdict on a claim from those on its parts, at least one; the rule "claim" of {@code claims.json}. */
    static Verdict of(List<Verdict> parts) {
        if (parts.contains(NOT_RUN)) {
            return NOT_RUN;
        }
        if (parts.contains(CONTRADICTED)) {
            return CONTRADICTED;
        }
        if (parts.contains(INCONCLUSIVE)) {
            return INCONCLUSIVE;
        }
        return parts.contains(TIE) ? TIE : SUPPORTED;
    }
}
