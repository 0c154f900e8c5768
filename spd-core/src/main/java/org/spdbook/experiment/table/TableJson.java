package org.spdbook.experiment.table;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spdbook.eval.Estimate;
import org.spdbook.eval.Mean;
import org.spdbook.experiment.OutcomesJson;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;
import org.spdbook.train.History;

/**
 * Tables as JSON: schema, experiment, profile, domains, runs (one per line), summary, comparisons. Schema 2 added key, validation
 * accuracy and hits of a run, and the intervals; files of schema 1 are read as well. Where a world has groups of test sets, rows of summary
 * and comparisons have an object {@code groups} with the mean, or the difference and its interval, of each. Rows of summary have an object {@code sd} with the
 * standard deviations over domains and seeds.
 */
public final class TableJson {

    private static final int SCHEMA = 2;
    private static final String MEASURES = "measures";
    private static final String GROUPS = "groups";
    private static final String SD = "sd";
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private TableJson() {}

    /**
     * A table as text.
     *
     * @param more entries to put behind the others, such as what it was made by
     */
    public static String write(Table table, Map<String, ?> more) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("experiment", table.experiment());
        tree.put("profile", table.profile());
        tree.put("domains", table.domains());
        tree.put("runs", table.runs().stream().map(TableJson::tree).toList());
        tree.put("summary", summary(table));
        tree.put(
                "comparisons", table.comparisons().stream().map(TableJson::tree).toList());
        tree.putAll(more);
        return tree.entrySet().stream()
                .map(entry -> "  " + GSON.toJson(entry.getKey()) + ": " + lines(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    /** Lists of objects have an object per line, all else is on one. */
    private static String lines(Object value) {
        if (value instanceof List<?> list && !list.isEmpty() && !(list.get(0) instanceof String)) {
            return list.stream()
                    .map(one -> "    " + GSON.toJson(one))
                    .collect(Collectors.joining(",\n", "[\n", "\n  ]"));
        }
        return GSON.toJson(value);
    }

    private static List<Map<String, Object>> summary(Table table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Iterator<Table.Summary> means = table.summary().iterator();
        for (List<Run> runs : table.bySetting().values()) {
            Map<String, Object> row = tree(means.next());
            if (runs.size() > 1) {
                row.put(SD, spread(table, runs));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Standard deviations over the runs of a setting: domains and seeds. */
    private static Map<String, Double> spread(Table table, List<Run> runs) {
        Map<String, ToDoubleFunction<Run>> measured = new LinkedHashMap<>();
        if (runs.stream().allMatch(Run::hasId)) {
            measured.put("id", Run::id);
        }
        measured.put("ood", Run::ood);
        table.groups().sets().forEach((name, sets) -> measured.put(name, run -> run.mean(sets)));
        measured.put("deviation", Run::deviation);
        Map<String, Double> spread = new LinkedHashMap<>();
        measured.forEach((name, of) -> spread.put(
                name, Mean.of(runs.stream().mapToDouble(of).toArray()).sd()));
        return spread;
    }

    private static Map<String, Object> tree(Table.Summary row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("method", row.method());
        tree.put("lr", row.lr());
        tree.put("lambda", row.lambda());
        if (!Double.isNaN(row.id())) { // of a mixture, which is no test set
            tree.put("id", row.id());
        }
        tree.put("ood", row.ood());
        if (!row.groups().isEmpty()) {
            tree.put(GROUPS, row.groups());
        }
        tree.put("deviation", row.deviation());
        tree.put("n", row.n());
        return tree;
    }

    private static Map<String, Object> tree(Comparison row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("choice", row.choice().words());
        tree.put("a", row.a());
        tree.put("b", row.b());
        put(tree, "id_diff", row.id());
        put(tree, "ood_diff", row.ood());
        if (!row.groups().isEmpty()) {
            Map<String, Object> groups = new LinkedHashMap<>();
            row.groups().forEach((name, difference) -> put(groups, name + "_diff", difference));
            tree.put(GROUPS, groups);
        }
        put(tree, "deviation_ratio", row.deviation());
        put(tree, "retention_ratio", row.retention());
        tree.put("wins", row.wins());
        tree.put("n", row.n());
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, Estimate estimate) {
        if (Double.isNaN(estimate.mean())) {
            return;
        }
        tree.put(name, estimate.mean());
        if (estimate.hasInterval()) {
            tree.put(name + "_interval", List.of(estimate.low(), estimate.high()));
        }
    }

    /** One run as a tree: method, rate, strength, domain, seed, scores, deviation, and what else is known. */
    public static Map<String, Object> tree(Run run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("method", run.spec().optimizer());
        tree.put("lr", run.spec().lr());
        tree.put("lambda", run.spec().lambda());
        Map<String, String> options = Setting.of(run).options();
        if (!options.isEmpty()) {
            tree.put("options", options);
        }
        tree.put("trained_on", run.spec().trainedOn());
        tree.put("seed", run.spec().seed());
        if (run.spec().pretrained() != 0) {
            tree.put(World.PRETRAINED, run.spec().pretrained());
        }
        tree.put("scores", run.scores());
        if (!Double.isNaN(run.validation())) {
            tree.put("validation", run.validation());
        }
        if (!run.measures().isEmpty()) {
            tree.put(MEASURES, run.measures());
        }
        tree.put("deviation", run.deviation());
        tree.put("cpu_seconds", run.cpuSeconds());
        if (!run.key().isEmpty()) {
            tree.put("key", run.key());
        }
        if (!run.outcomes().isEmpty()) {
            tree.put(OutcomesJson.NAME, OutcomesJson.tree(run.outcomes()));
        }
        return tree;
    }

    /** Reads what {@link #write} wrote; what else the text has is left aside. */
    static Table read(String json) {
        try {
            JsonObject tree = JsonParser.parseString(json).getAsJsonObject();
            int schema = tree.get("schema").getAsInt();
            if (schema < 1 || schema > SCHEMA) {
                throw new IllegalArgumentException("the table has schema " + schema + ", known are 1 to " + SCHEMA
                        + "; make it again with this version");
            }
            String experiment = tree.get("experiment").getAsString();
            List<Run> runs = new ArrayList<>();
            String profile = tree.get("profile").getAsString();
            for (JsonElement run : tree.getAsJsonArray("runs")) {
                runs.add(run(experiment, Profile.of(profile), run.getAsJsonObject()));
            }
            List<String> domains = new ArrayList<>();
            if (tree.has("domains")) {
                tree.getAsJsonArray("domains").forEach(domain -> domains.add(domain.getAsString()));
            }
            return new Table(experiment, profile, domains, runs);
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "the stored table is no JSON of a table; make one with: spd table 1 --to FILE", e);
        }
    }

    private static Map<String, Double> numbers(JsonObject tree, String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (tree.has(name)) {
            tree.getAsJsonObject(name)
                    .entrySet()
                    .forEach(entry ->
                            numbers.put(entry.getKey(), entry.getValue().getAsDouble()));
        }
        return numbers;
    }

    private static Run run(String experiment, Profile profile, JsonObject tree) {
        Map<String, String> options = new LinkedHashMap<>();
        if (tree.has("options")) {
            tree.getAsJsonObject("options")
                    .entrySet()
                    .forEach(entry ->
                            options.put(entry.getKey(), entry.getValue().getAsString()));
        }
        var setting = new Setting(
                tree.get("method").getAsString(),
                tree.get("lr").getAsDouble(),
                tree.get("lambda").getAsDouble(),
                options);
        return new Run(
                "stored",
                tree.has("key") ? tree.get("key").getAsString() : "",
                setting.on(
                                experiment,
                                profile,
                                tree.get("trained_on").getAsString(),
                                tree.get("seed").getAsLong())
                        .pretrained(
                                tree.has(World.PRETRAINED)
                                        ? tree.get(World.PRETRAINED).getAsInt()
                                        : 0),
                Map.of(),
                numbers(tree, "scores"),
                OutcomesJson.read(tree),
                numbers(tree, MEASURES),
                tree.has("validation") ? tree.get("validation").getAsDouble() : Double.NaN,
                tree.get("deviation").getAsDouble(),
                new History(List.of(), List.of()),
                tree.get("cpu_seconds").getAsDouble());
    }
}
