package org.spdbook.ledger;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a cell of the paper's tables. The cells of Tables 1 and 2 are in no text that could be read. Of Tables 3 and 4 the
 * accuracy of Adam-SPD on what was trained on stands on a public leaderboard; the rows of earlier methods are known from memory only, so
 * their values are not given.
 *
 * @param value in percent; null where there is none without doubt
 * @param tag where it comes from
 */
record Published(@Nullable Double value, LedgerEntry.Tag tag) {

    private static final Published UNKNOWN = new Published(null, LedgerEntry.Tag.UNKNOWN);
    private static final Published UNCONFIRMED = new Published(null, LedgerEntry.Tag.UNCONFIRMED);
    private static final Map<String, Published> QUOTED =
            Map.of("3 adam-spd imagenet", quoted(84.21), "4 adam-spd clean", quoted(74.27));

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

    private static Published quoted(double value) {
        return new Published(value, LedgerEntry.Tag.QUOTED);
    }

    /** The cell of a method and a column. */
    static Published of(int table, String method, String column) {
        Published quoted = QUOTED.get(table + " " + method + " " + column);
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
