package org.spdbook.experiment;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spdbook.train.History;

/**
 * Runs of several methods on the same domains and seeds, side by side.
 *
 * @param experiment name of the world
 * @param profile twin, pilot or paper
 * @param runs in any order
 */
public record Table(String experiment, String profile, List<String> domains, List<Run> runs) {

    private static final int SCHEMA = 1;

    public Table {
        domains = List.copyOf(domains);
        runs = List.copyOf(runs);
    }

    /** A table over all domains. */
    public Table(String experiment, String profile, List<Run> runs) {
        this(experiment, profile, List.of(), runs);
    }

    /** The same runs, summed up over some domains; none for all. */
    public Table over(List<String> some) {
        return new Table(experiment, profile, some, runs);
    }

    /** Means over domains and seeds of one setting. */
    public record Summary(String method, double lr, double lambda, double id, double ood, double deviation, int n) {}

    /**
     * Two settings at the same rate, paired over domains and seeds: b minus a.
     *
     * @param deviation_ratio mean deviation of b over that of a
     * @param wins pairs in which b has the higher OOD accuracy
     */
    public record Comparison(
            String a, String b, double id_diff, double ood_diff, double deviation_ratio, int wins, int n) {}

    /** The runs that were trained on one of the domains, with their scores on these. */
    private List<Run> considered() {
        if (domains.isEmpty()) {
            return runs;
        }
        return runs.stream()
                .filter(run -> domains.contains(run.spec().trainedOn()))
                .map(run -> run.on(domains))
                .toList();
    }

    private Map<Setting, List<Run>> bySetting() {
        return considered().stream()
                .collect(Collectors.groupingBy(Setting::of, LinkedHashMap::new, Collectors.toList()));
    }

    /** One row per setting, in the order of the runs. */
    public List<Summary> summary() {
        List<Summary> rows = new ArrayList<>();
        bySetting()
                .forEach((setting, group) -> rows.add(new Summary(
                        setting.method(),
                        setting.lr(),
                        setting.lambda(),
                        mean(group, Run::id),
                        mean(group, Run::ood),
                        mean(group, Run::deviation),
                        group.size())));
        return rows;
    }

    /** Adam-SPD against AdamW wherever both have the same rate. */
    public List<Comparison> comparisons() {
        List<Comparison> rows = new ArrayList<>();
        Map<Setting, List<Run>> groups = bySetting();
        groups.forEach((a, baseline) -> groups.forEach((b, ours) -> {
            if (a.optimizer().equals("adamw") && b.optimizer().equals("adam-spd") && a.lr() == b.lr()) {
                rows.add(compare(a, baseline, b, ours));
            }
        }));
        return rows;
    }

    private static Comparison compare(Setting a, List<Run> baseline, Setting b, List<Run> ours) {
        List<Run> left = new ArrayList<>();
        List<Run> right = new ArrayList<>();
        for (Run run : baseline) {
            ours.stream().filter(other -> paired(run, other)).findFirst().ifPresent(other -> {
                left.add(run);
                right.add(other);
            });
        }
        int wins = 0;
        for (int i = 0; i < left.size(); i++) {
            wins += right.get(i).ood() > left.get(i).ood() ? 1 : 0;
        }
        return new Comparison(
                a.toString(),
                b.toString(),
                mean(right, Run::id) - mean(left, Run::id),
                mean(right, Run::ood) - mean(left, Run::ood),
                mean(right, Run::deviation) / mean(left, Run::deviation),
                wins,
                left.size());
    }

    private static boolean paired(Run a, Run b) {
        return a.spec().trainedOn().equals(b.spec().trainedOn())
                && a.spec().seed() == b.spec().seed();
    }

    private static double mean(List<Run> runs, ToDoubleFunction<Run> value) {
        return runs.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /** The table as a tree for JSON: schema, experiment, profile, runs, summary, comparisons. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("experiment", experiment);
        tree.put("profile", profile);
        if (!domains.isEmpty()) {
            tree.put("domains", domains);
        }
        tree.put("runs", runs.stream().map(Table::toTree).toList());
        tree.put("summary", summary());
        tree.put("comparisons", comparisons());
        return tree;
    }

    /**
     * The table that {@link #toTree} wrote as JSON; its runs have no history and no accuracies before training.
     *
     * @throws IllegalArgumentException if it is no such JSON
     */
    public static Table fromJson(String json) {
        try {
            JsonObject tree = JsonParser.parseString(json).getAsJsonObject();
            if (tree.get("schema").getAsInt() != SCHEMA) {
                throw new IllegalArgumentException("the table has schema " + tree.get("schema") + ", known is " + SCHEMA
                        + "; store it again with this version");
            }
            String experiment = tree.get("experiment").getAsString();
            List<Run> runs = new ArrayList<>();
            for (JsonElement run : tree.getAsJsonArray("runs")) {
                runs.add(run(experiment, run.getAsJsonObject()));
            }
            List<String> domains = new ArrayList<>();
            if (tree.has("domains")) {
                tree.getAsJsonArray("domains").forEach(domain -> domains.add(domain.getAsString()));
            }
            return new Table(experiment, tree.get("profile").getAsString(), domains, runs);
        } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "the stored table is no JSON of a table; make one with: spd table 1 --to FILE", e);
        }
    }

    private static Run run(String experiment, JsonObject tree) {
        double lambda = tree.get("lambda").getAsDouble();
        Map<String, String> options = new LinkedHashMap<>();
        if (tree.has("options")) {
            tree.getAsJsonObject("options")
                    .entrySet()
                    .forEach(entry ->
                            options.put(entry.getKey(), entry.getValue().getAsString()));
        }
        if (lambda != 0) {
            options.put("lambda", Double.toString(lambda));
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        tree.getAsJsonObject("scores")
                .entrySet()
                .forEach(entry -> scores.put(entry.getKey(), entry.getValue().getAsDouble()));
        ExperimentSpec spec = ExperimentSpec.of(
                experiment,
                tree.get("trained_on").getAsString(),
                tree.get("method").getAsString(),
                tree.get("lr").getAsDouble(),
                tree.get("seed").getAsLong(),
                options);
        return new Run(
                "stored",
                spec,
                Map.of(),
                scores,
                Double.NaN,
                tree.get("deviation").getAsDouble(),
                new History(List.of(), List.of()),
                tree.get("cpu_seconds").getAsDouble());
    }

    /** One run as a tree for JSON. */
    public static Map<String, Object> toTree(Run run) {
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
        tree.put("scores", run.scores());
        tree.put("deviation", run.deviation());
        tree.put("cpu_seconds", run.cpuSeconds());
        return tree;
    }
}
