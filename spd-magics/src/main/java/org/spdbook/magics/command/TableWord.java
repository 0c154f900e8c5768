package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Versions;
import org.spdbook.experiment.World;
import org.spdbook.experiment.sweep.Sweep;
import org.spdbook.experiment.table.KnownRuns;
import org.spdbook.experiment.table.NamedGrids;
import org.spdbook.experiment.table.RateGrids;
import org.spdbook.experiment.table.SeedRange;
import org.spdbook.experiment.table.Table;
import org.spdbook.experiment.table.TableCells;
import org.spdbook.experiment.table.TableGrids;
import org.spdbook.experiment.table.TableJson;
import org.spdbook.experiment.table.TablePlan;
import org.spdbook.experiment.table.TablePlans;
import org.spdbook.magics.front.Front;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code table 1 --experiment domainnet}: the methods of a table of the paper on domains and seeds. */
@CommandLine.Command(
        name = "table",
        description = "Show a table of the paper, or a grid of ours, from known runs; --run computes what is missing.")
public final class TableWord implements Word {

    /** What a trial needs beside training: a JVM, the engine, the test images, two tests. */
    private static final double START_SECONDS = 5;

    @CommandLine.Parameters(
            paramLabel = "TABLE",
            description = "number of the table in the paper, 1 to 3, or a grid of ours: rates, controls or variants")
    private String name = "";

    @CommandLine.Option(names = "--experiment", description = "world; that of the table when not said")
    private @Nullable String experiment;

    @CommandLine.Option(names = "--profile", defaultValue = "twin", description = "size (${DEFAULT-VALUE})")
    private String profile = "";

    @CommandLine.Option(names = "--on", paramLabel = "DOMAINS", description = "what to train on: names, or all")
    private @Nullable String on;

    @CommandLine.Option(
            names = "--domains",
            description = "sum up over these: names, all, or a choice of the world such as paper")
    private @Nullable String domains;

    @CommandLine.Option(names = "--seeds", description = "first..last; those of the table when not said, such as 0..2")
    private @Nullable String seeds;

    @CommandLine.Option(
            names = "--pretrained",
            paramLabel = "SEEDS",
            defaultValue = "0",
            description = "seeds of the pre-trainings, 0, 1 and 2 come with the twins (${DEFAULT-VALUE})")
    private String pretrained = "";

    @CommandLine.Option(names = "--run", description = "compute the cells that are not known")
    private boolean run;

    @CommandLine.Option(names = "--anew", description = "with --run: also those whose runs the software brings")
    private boolean anew;

    @CommandLine.Mixin
    private SweepLimits limits = new SweepLimits();

    @CommandLine.Mixin
    private Json json = new Json();

    @CommandLine.Option(names = "--to", description = "also write the JSON to a file")
    private @Nullable Path file;

    @CommandLine.Option(
            names = "--stored",
            paramLabel = "TABLE",
            description = "show the runs of a table that the software brings, such as emoji-table1, or of a file that"
                    + " --to wrote, and no others")
    private @Nullable Path stored;

    @Override
    public Answer answer(Front front) throws Exception {
        Table read = stored == null ? null : new StoredTable(stored).read(domains);
        TablePlan plan = TablePlans.of(name, Profile.of(profile), read == null ? experiment : read.experiment());
        Found found = read == null ? find(front, plan) : new Found(read, 0, List.of());
        Table table = found.table();
        String text = TableJson.write(table, Map.of("made_by", madeBy()));
        if (file != null) {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        }
        boolean ok = !run || found.missing() == 0;
        return new Answer(json.isAsked() ? text.stripTrailing() : new Grids(grids(plan, table, found.notes())), ok);
    }

    private List<Grid> grids(TablePlan plan, Table table, List<String> notes) {
        String caption = caption(table);
        if (!plan.names().isEmpty()) {
            return NamedGrids.of(plan, table, caption, notes);
        }
        return RateGrids.fits(table) ? RateGrids.of(table, caption, notes) : TableGrids.of(table, caption, notes);
    }

    /** By which software, and when. */
    static Map<String, String> madeBy() {
        Map<String, String> facts = new LinkedHashMap<>(Versions.facts());
        facts.put("date", java.time.LocalDate.now(java.time.ZoneOffset.UTC).toString());
        return facts;
    }

    /** A table as far as it is known. */
    private record Found(Table table, int missing, List<String> notes) {}

    private Found find(Front front, TablePlan plan) throws IOException {
        World world = World.named(experiment == null ? plan.experiment() : experiment, Profile.of(profile));
        TableCells cells = TableCells.of(plan, world, asked(world, plan));
        KnownRuns known = (anew ? KnownRuns.none() : KnownRuns.brought(world)).with(cells, front.runs());
        List<Plan> missing = known.missing(cells.plans());
        List<String> notes = List.of();
        KnownRuns all = known;
        if (!missing.isEmpty()) {
            String cost = cost(missing, known);
            notes = List.of(cost);
            if (run) {
                front.messages().println(cost);
                var sweep = limits.sweep("table-" + name + "-" + world.name(), missing, front.runs());
                Sweep.Outcome outcome = limits.run(sweep, front);
                notes = lacking(outcome, missing.size());
                all = known.and(outcome.runs());
            }
        }
        Table table = cells.table(all);
        if (table.runs().isEmpty()) {
            throw new IllegalStateException(
                    "no run of table " + name + " on " + world.name() + " is known; " + String.join(" ", notes));
        }
        return new Found(table, cells.plans().size() - table.runs().size(), notes);
    }

    private TableCells.Asked asked(World world, TablePlan plan) {
        return new TableCells.Asked(
                domains == null ? TablePlan.usual(world) : TablePlan.domains(world, domains),
                on == null ? List.of() : TablePlan.domains(world, on),
                seeds == null ? plan.seeds() : SeedRange.parse(seeds),
                SeedRange.parse(pretrained));
    }

    /** What the means lack when trials of a sweep failed or were stopped. */
    private static List<String> lacking(Sweep.Outcome outcome, int trials) {
        List<Sweep.Failure> failures = outcome.failures();
        List<String> notes = new ArrayList<>();
        if (!failures.isEmpty()) {
            Sweep.Failure first = failures.get(0);
            notes.add(failures.size() + " of " + trials + " runs failed and are not in the means, the first of them "
                    + first.run() + ": " + first.reason() + ". The same words try them again.");
        }
        int stopped = trials - outcome.runs().size() - failures.size();
        if (stopped > 0) {
            notes.add(stopped + " of " + trials
                    + " runs were stopped and are not in the means. The same words go on with them.");
        }
        return notes;
    }

    private String cost(List<Plan> missing, KnownRuns known) {
        int stale = known.stale(missing);
        String time = known.seconds().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", about %.0f minutes of one core",
                        Math.ceil(missing.size() * (known.seconds().getAsDouble() + START_SECONDS) / 60));
        return missing.size() + " runs are missing"
                + (stale == 0 ? "" : " (" + stale + " are there, but made with other data, weights or defaults)")
                + (run ? " and are computed now" : "; --run computes them") + time;
    }

    private String caption(Table table) {
        return (name.matches("\\d+") ? "Table " + name + "'s question" : "The grid of " + name) + " on the "
                + table.experiment() + " " + table.profile()
                + "; not the paper's numbers"
                + (table.domains().isEmpty() ? "" : "; over " + String.join(", ", table.domains()));
    }
}
