package org.spdbook.ledger;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spdbook.eval.Mean;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.table.SeedRange;
import org.spdbook.experiment.table.Table;

/**
 * The cells of the paper's tables beside ours. The cells of Tables 1 and 2 are not printed in any text that could be read, so
 * they have no published value, and their paper profile cannot reproduce or differ.
 *
 * @param entries in the order of the tables
 */
public record Ledger(List<LedgerEntry> entries) {

    private static final String DEVIATION = "deviation";

    /** The table, and where its cells are looked up: the paper's domains. */
    private static final Map<Integer, Claim.Place> PLACES =
            new TreeMap<>(Map.of(1, place("domainnet", ""), 2, place("domainnet-l2sp", "clipart")));

    public Ledger {
        entries = List.copyOf(entries);
    }

    private static Claim.Place place(String experiment, String on) {
        return new Claim.Place(experiment, on, "paper", SeedRange.parse("0"));
    }

    /**
     * The ledger by the runs that the software brings.
     *
     * @throws IOException if they cannot be read
     */
    public static Ledger current() throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        for (Map.Entry<Integer, Claim.Place> one : PLACES.entrySet()) {
            entries.addAll(entries(one.getKey(), Judgement.table(String.valueOf(one.getKey()), one.getValue())));
        }
        return new Ledger(entries);
    }

    /** One entry per setting, domain trained on, and column: test sets, then the deviation. */
    static List<LedgerEntry> entries(int number, Table table) {
        List<LedgerEntry> entries = new ArrayList<>();
        Map<String, List<Run>> rows = table.considered().stream()
                .collect(Collectors.groupingBy(
                        run -> Setting.of(run) + ", trained on " + run.spec().trainedOn(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        rows.forEach((row, runs) -> {
            for (String set : runs.get(0).scores().keySet()) {
                entries.add(entry(number, table, row, set, runs, run -> run.accuracy(set)));
            }
            entries.add(entry(number, table, row, DEVIATION, runs, Run::deviation));
        });
        return entries;
    }

    private static LedgerEntry entry(
            int number, Table table, String row, String column, List<Run> runs, ToDoubleFunction<Run> value) {
        Mean mean = Mean.of(runs.stream().mapToDouble(value).toArray());
        return new LedgerEntry(
                number,
                row,
                column,
                null,
                LedgerEntry.Tag.UNKNOWN,
                table.experiment(),
                table.profile(),
                mean.value(),
                mean.sd(),
                mean.n(),
                LedgerEntry.Status.NO_PUBLISHED_VALUE);
    }

    /** Numbers of the tables that have cells. */
    public List<Integer> tables() {
        return entries.stream().map(LedgerEntry::table).distinct().toList();
    }

    /** One line per entry. */
    public String toJson() {
        Gson gson = new GsonBuilder().disableHtmlEscaping().create();
        return entries.stream()
                .map(entry -> "    " + gson.toJson(entry.tree()))
                .collect(Collectors.joining(",\n", "{\n  \"schema\": 1,\n  \"entries\": [\n", "\n  ]\n}\n"));
    }
}
