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
import org.jspecify.annotations.Nullable;
import org.spdbook.eval.Mean;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.Choice;
import org.spdbook.experiment.table.SeedRange;
import org.spdbook.experiment.table.Table;

/**
 * The cells of the paper's tables beside ours: of Tables 1 and 2 a row per setting and domain trained on, of the others a row per method,
 * tuned on ID validation, as the paper has them. What is published of them says {@link Published}.
 *
 * @param entries in the order of the tables
 */
public record Ledger(List<LedgerEntry> entries) {

    /** The column of the deviation. */
    static final String DEVIATION = "deviation";

    /** The table, and where its cells are looked up: the paper's domains. */
    private static final Map<Integer, Claim.Place> PLACES = new TreeMap<>(Map.of(
            1, place("domainnet", "", "paper"),
            2, place("domainnet-l2sp", "clipart", "paper"),
            3, place("imagenet", "", ""),
            4, place("pascal", "", ""),
            5, place("commonsense", "", ""),
            6, place("vqa", "", "")));

    /** The tables whose rows are methods. */
    private static final int BY_METHOD = 3;

    public Ledger {
        entries = List.copyOf(entries);
    }

    private static Claim.Place place(String experiment, String on, String domains) {
        return new Claim.Place(experiment, on, domains, SeedRange.parse("0"));
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

    /**
     * One entry per row and column: test sets and their groups, or the kinds of examples of one of them where there are kinds and no groups;
     * then the deviation.
     */
    static List<LedgerEntry> entries(int number, Table table) {
        List<LedgerEntry> entries = new ArrayList<>();
        (number < BY_METHOD ? bySetting(table) : byMethod(table)).forEach((row, runs) -> {
            columns(table, runs.get(0))
                    .forEach((column, score) -> entries.add(entry(number, table, row, column, runs, score)));
            entries.add(entry(number, table, row, DEVIATION, runs, Run::deviation));
        });
        return entries;
    }

    private static Map<String, ToDoubleFunction<Run>> columns(Table table, Run first) {
        Map<String, ToDoubleFunction<Run>> columns = new LinkedHashMap<>();
        World world = World.all(Profile.of(table.profile())).get(table.experiment());
        String set = kindsOf(world);
        if (world == null || set.isEmpty()) {
            first.scores().keySet().forEach(name -> columns.put(name, run -> run.accuracy(name)));
            table.groups().sets().forEach((name, sets) -> columns.put(name, run -> run.mean(sets)));
            return columns;
        }
        List<String> kinds = world.kinds(set);
        first.byKind(set, kinds)
                .keySet()
                .forEach(kind -> columns.put(kind, run -> run.byKind(set, kinds).getOrDefault(kind, Double.NaN)));
        return columns;
    }

    /** The test set whose kinds of examples are the columns of a world; empty where test sets are. */
    static String kindsOf(@Nullable World world) {
        return world == null || !world.groups().isEmpty() ? "" : world.kindsOf();
    }

    private static Map<String, List<Run>> bySetting(Table table) {
        return table.considered().stream()
                .collect(Collectors.groupingBy(
                        run -> Setting.of(run) + ", trained on " + run.spec().trainedOn(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static Map<String, List<Run>> byMethod(Table table) {
        Map<String, List<Run>> rows = new LinkedHashMap<>();
        table.considered().stream()
                .map(run -> Setting.of(run).family())
                .distinct()
                .forEach(method -> rows.put(method, table.chosen(method, Choice.ID_VALIDATION)));
        rows.values().removeIf(List::isEmpty); // of one setting, or of settings whose validation is not known
        return rows;
    }

    private static LedgerEntry entry(
            int number, Table table, String row, String column, List<Run> runs, ToDoubleFunction<Run> value) {
        Mean mean = Mean.of(runs.stream().mapToDouble(value).toArray());
        Published published = Published.of(number, row, column);
        return new LedgerEntry(
                number,
                row,
                column,
                published.value(),
                published.tag(),
                table.experiment(),
                table.profile(),
                mean.value(),
                mean.sd(),
                mean.n(),
                published.status());
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
