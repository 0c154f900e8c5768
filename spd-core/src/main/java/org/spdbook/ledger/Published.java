package org.spdbook.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a cell of the paper's tables. The cells of Tables 1 and 2 are in no text that could be read. Of Tables 3 and 4 the
 * accuracy of Adam-SPD on what was trained on stands on a public leaderboard; the rows of earlier methods are known from memory only, so
 * their values are not given. Of Table 6 nearly all is known, see {@link PaperTable}.
 *
 * @param value in percent; null where there is none without doubt
 * @param tag where it comes from
 */
record Published(@Nullable Double value, LedgerEntry.Tag tag) {

    private static final Published UNKNOWN = new Published(null, LedgerEntry.Tag.UNKNOWN);
    private static final Published UNCONFIRMED = new Published(null, LedgerEntry.Tag.UNCONFIRMED);
    private static final Map<String, Published> QUOTED = quoted(); // uses the two before it

    /** Methods of ours whose rows the paper has, by table. */
    private static final Map<Integer, Set<String>> EARLIER = Map.of(
            3,
            Set.of("adamw", "adamw trained=head", "adamw start=probe(12 0.01)", "l2sp", "ftp"),
            4,
            Set.of(
                    "adamw",
                    "adamw trained=adapters",
                    "adamw trained=biases",
                    "l2sp",
                    "mars-sp",
                    "adamw layer-decay=0.4",
                    "adamw finish=tpgm(200)",
                    "ftp"));

    private static Map<String, Published> quoted() {
        Map<String, Published> quoted = new HashMap<>();
        quoted.put("3 adam-spd imagenet", quoted(84.21));
        quoted.put("4 adam-spd clean", quoted(74.27));
        // LLaMA-7B in the README of LLM-Adapters; that they are the paper's rows of AdamW is inferred
        commonsense(quoted, "adamw", 68.9, 80.7, 77.4, 78.1, 78.8, 77.8, 61.3, 74.8);
        commonsense(quoted, "adamw trained=series", 63.0, 79.2, 76.3, 67.9, 75.7, 74.5, 57.1, 72.4);
        commonsense(quoted, "adamw trained=parallel", 67.9, 76.4, 78.8, 69.8, 78.9, 73.7, 57.3, 75.2);
        commonsense(quoted, "adamw trained=prefix", 64.3, 76.8, 73.9, 42.1, 72.1, 72.9, 54.0, 60.6);
        PaperTable six = PaperTable.six();
        six.rows().stream().filter(row -> !row.ours().isEmpty()).forEach(row -> {
            for (int i = 0; i < six.columns().size(); i++) {
                double cell = row.cells().get(i);
                Published known = Double.isNaN(cell) ? UNCONFIRMED : new Published(cell, LedgerEntry.Tag.AUTHORS_LOG);
                quoted.put("6 " + row.ours() + " " + six.columns().get(i), known);
            }
        });
        return quoted;
    }

    private static void commonsense(Map<String, Published> quoted, String method, double... scores) {
        List<String> sets = List.of("boolq", "piqa", "siqa", "hella", "wino", "arce", "arcc", "obqa");
        for (int i = 0; i < scores.length; i++) {
            quoted.put("5 " + method + " " + sets.get(i), new Published(scores[i], LedgerEntry.Tag.BASELINE));
        }
    }

    private static Published quoted(double value) {
        return new Published(value, LedgerEntry.Tag.QUOTED);
    }

    /** The cell of a method and a column. */
    static Published of(int table, String method, String column) {
        String row = table == PaperTable.six().number()
                ? method.replaceFirst("probe\\(.*\\)", "probe")
                : method; // of any length and rate
        Published quoted = QUOTED.get(table + " " + row + " " + column);
        if (quoted != null) {
            return quoted;
        }
        boolean earlier = EARLIER.getOrDefault(table, Set.of()).contains(method);
        return earlier && !column.equals(Ledger.DEVIATION) ? UNCONFIRMED : UNKNOWN;
    }

    /** How the paper profile, which has not been run, stands to it. */
    LedgerEntry.Status status() {
        return value == null ? LedgerEntry.Status.NO_PUBLISHED_VALUE : LedgerEntry.Status.NOT_RUN;
    }
}
