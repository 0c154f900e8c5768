package org.spdbook.experiment.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.World;

/**
 * Runs that need not be computed: those that the software brings, on the class path in {@code
 * org/spdbook/results/EXPERIMENT-TABLE.json}, and those of a run store. Found by key, so a run made with other data, weights or defaults is not found.
 *
 * @param brought runs that the software brings
 * @param byKey all that are known
 */
public record KnownRuns(List<Run> brought, Map<String, Run> byKey) {

    /** What a file of results can be named behind its experiment. */
    private static final List<String> TABLES = List.of(
            "table1",
            "table2",
            "table2-clipart",
            "table3",
            "table4",
            "table5",
            "table6",
            "fractions",
            "rates",
            "controls",
            "variants");

    public KnownRuns {
        brought = List.copyOf(brought);
        byKey = Map.copyOf(byKey);
    }

    /**
     * The runs of a world that the software brings.
     *
     * @throws IOException if they cannot be read
     */
    public static KnownRuns brought(World world) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (String table : TABLES) {
            table(world.name() + "-" + table)
                    .filter(one -> one.profile().equals(world.profile().word()))
                    .ifPresent(one -> runs.addAll(one.runs()));
        }
        return new KnownRuns(runs, runs.stream().collect(Collectors.toMap(Run::key, run -> run, (one, same) -> one)));
    }

    /** Names of the tables that the software brings, such as {@code emoji-table1}. */
    public static List<String> names() {
        return World.all().keySet().stream()
                .flatMap(world -> TABLES.stream().map(table -> world + "-" + table))
                .filter(name -> KnownRuns.class.getResource(resource(name)) != null)
                .toList();
    }

    private static String resource(String name) {
        return "/org/spdbook/results/" + name + ".json";
    }

    /** None. */
    public static KnownRuns none() {
        return new KnownRuns(List.of(), Map.of());
    }

    /**
     * These, and those runs of a store that cells lack; no others are read.
     *
     * @throws IOException if the store cannot be read
     */
    public KnownRuns with(TableCells cells, RunStore store) throws IOException {
        Set<String> wanted = missing(cells.plans()).stream().map(Plan::key).collect(Collectors.toSet());
        List<Run> stored = new ArrayList<>();
        for (RunFolder folder : store.ended(cells.world())) {
            if (wanted.contains(folder.key())) {
                stored.add(folder.load());
            }
        }
        return and(stored);
    }

    /** These, and others; of two with one key the one that is known already. */
    public KnownRuns and(List<Run> others) {
        Map<String, Run> all = new HashMap<>();
        others.forEach(run -> all.put(run.key(), run));
        all.putAll(byKey);
        return new KnownRuns(brought, all);
    }

    /**
     * A table that the software brings.
     *
     * @param name such as {@code emoji-table1}
     * @return empty if there is none
     */
    public static Optional<Table> table(String name) throws IOException {
        try (InputStream in = KnownRuns.class.getResourceAsStream(resource(name))) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(Table.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /** The run of a plan, if it is known. */
    public Optional<Run> find(Plan plan) {
        return Optional.ofNullable(byKey.get(plan.key()));
    }

    /** The known runs of plans, in their order. */
    public List<Run> found(List<Plan> plans) {
        return plans.stream().map(this::find).flatMap(Optional::stream).toList();
    }

    /** The plans whose runs are not known, in their order. */
    public List<Plan> missing(List<Plan> plans) {
        return plans.stream().filter(plan -> find(plan).isEmpty()).toList();
    }

    /** How many of these plans the software brings a run for that was made with other data, weights or defaults. */
    public int stale(List<Plan> plans) {
        Set<ExperimentSpec> made =
                brought.stream().map(run -> Plan.of(run.spec()).spec()).collect(Collectors.toSet());
        return (int) missing(plans).stream()
                .filter(plan -> made.contains(plan.spec()))
                .count();
    }

    /** CPU seconds of an average brought run. */
    public OptionalDouble seconds() {
        return brought.stream().mapToDouble(Run::cpuSeconds).average();
    }
}
