package org.spdbook.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a table of the paper beside what was found in a world.
 *
 * @param table number of the table in the paper
 * @param row method and what it was trained on
 * @param column test set, or deviation
 * @param published the paper's value; null where none could be read without doubt
 * @param tag where the published value comes from
 * @param experiment world of ours
 * @param profile twin, pilot or paper; only the last is the paper's experiment
 * @param mean ours, over seeds: percent, or L2 distance
 * @param sd standard deviation over seeds; NaN for one
 * @param seeds number of seeds
 * @param status of the paper profile
 */
public record LedgerEntry(
        int table,
        String row,
        String column,
        @Nullable Double published,
        Tag tag,
        String experiment,
        String profile,
        double mean,
        double sd,
        int seeds,
        Status status) {

    /** Where a published value comes from. */
    public enum Tag {
        QUOTED("quoted"),
        /** In the work that the paper takes its row from, as far as one can tell. */
        BASELINE("quoted from LLM-Adapters"),
        AUTHORS_LOG("authors' log"),
        UNCONFIRMED("unconfirmed"),
        UNKNOWN("unknown");

        private final String words;

        Tag(String words) {
            this.words = words;
        }

        /** For people and JSON. */
        public String words() {
            return words;
        }
    }

    /** How the paper profile stands to the published value. */
    public enum Status {
        REPRODUCED("reproduced"),
        DIFFERS("differs"),
        NOT_RUN("not run"),
        NO_PUBLISHED_VALUE("no published value");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        /** For people and JSON. */
        public String words() {
            return words;
        }
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("table", table);
        tree.put("row", row);
        tree.put("column", column);
        if (published != null && tag != Tag.UNCONFIRMED) {
            tree.put("published", published);
        }
        tree.put("tag", tag.words());
        tree.put("experiment", experiment);
        tree.put("profile", profile);
        tree.put("mean", mean);
        if (!Double.isNaN(sd)) {
            tree.put("sd", sd);
        }
        tree.put("seeds", seeds);
        tree.put("status", status.words());
        return tree;
    }
}
