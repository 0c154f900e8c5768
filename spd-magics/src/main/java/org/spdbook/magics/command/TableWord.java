package org.spdbook.magics.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.Table;
import org.spdbook.experiment.TablePlan;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code table 1 --experiment domainnet}: the methods of a table of the paper on domains and seeds. */
@CommandLine.Command(name = "table", description = "Run the cells of a table and print it; some minutes on one core.")
public final class TableWord implements Word {

    @CommandLine.Parameters(paramLabel = "N", description = "number of the table in the paper: 1 or 2")
    private int number;

    @CommandLine.Option(names = "--experiment", description = "world; 1: emoji, 2: domainnet-l2sp when not said")
    private @Nullable String experiment;

    @CommandLine.Option(names = "--profile", defaultValue = "twin", description = "size (${DEFAULT-VALUE})")
    private String profile = "";

    @CommandLine.Option(names = "--on", paramLabel = "DOMAINS", description = "what to train on: names, or all")
    private @Nullable String on;

    @CommandLine.Option(
            names = "--domains",
            description = "sum up over these: names, all, or a choice of the world such as paper")
    private @Nullable String domains;

    @CommandLine.Option(names = "--seeds", defaultValue = "0..2", description = "first..last (${DEFAULT-VALUE})")
    private String seeds = "";

    @CommandLine.Mixin
    private Json json = new Json();

    @CommandLine.Option(names = "--to", description = "also write the JSON to a file")
    private @Nullable Path file;

    @CommandLine.Option(
            names = "--stored",
            paramLabel = "FILE",
            description = "show the runs of a file that --to wrote, instead of running them")
    private @Nullable Path stored;

    @Override
    public Answer answer(Front front) throws Exception {
        Known.require("profile", profile, List.of(ExperimentSpec.TWIN));
        TablePlan plan = TablePlan.of(number);
        Table table = stored == null ? run(front, plan) : Table.fromJson(Files.readString(stored));
        if (domains != null) {
            table = table.over(TablePlan.domains(World.named(table.experiment()), domains));
        }
        String tree = Json.text(table.toTree());
        if (file != null) {
            AtomicFile.write(file, (tree + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Answer.of(json.isAsked() ? tree : grids(table));
    }

    private Table run(Front front, TablePlan plan) {
        World world = World.named(experiment == null ? plan.experiment() : experiment);
        List<String> usual = domains == null ? TablePlan.usual(world) : TablePlan.domains(world, domains);
        List<String> trained =
                on != null ? TablePlan.domains(world, on) : plan.on(world, usual.isEmpty() ? world.domains() : usual);
        List<Run> runs = runs(front, world, trained, plan.settings());
        return new Table(world.name(), profile, usual, runs);
    }

    private List<Run> runs(Front front, World world, List<String> trained, List<Setting> settings) {
        List<Run> runs = new ArrayList<>();
        long[] range = range();
        var cancel = new Cancel();
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            for (long seed = range[0]; seed <= range[1]; seed++) {
                for (String domain : trained) {
                    for (Setting setting : settings) {
                        Plan plan = Plan.of(setting.on(world.name(), domain, seed));
                        Run run = Experiment.unstored(plan, Progress.SILENT, cancel);
                        runs.add(run);
                        front.messages()
                                .printf(
                                        Locale.ROOT,
                                        "%s on %s, seed %d: ID %.1f, OOD %.1f%n",
                                        setting,
                                        domain,
                                        seed,
                                        run.id(),
                                        run.ood());
                        front.messages().flush();
                    }
                }
            }
        }
        return runs;
    }

    private long[] range() {
        if (!seeds.matches("\\d{1,9}\\.\\.\\d{1,9}")) {
            throw new IllegalArgumentException("--seeds takes first..last such as 0..2, got " + seeds);
        }
        String[] ends = seeds.split("\\.\\.");
        return new long[] {Long.parseLong(ends[0]), Long.parseLong(ends[1])};
    }

    private Grids grids(Table table) {
        List<List<String>> rows = table.summary().stream()
                .map(row -> List.of(
                        row.method(),
                        Grid.rate(row.lr()),
                        Grid.number(row.lambda(), 3),
                        fixed("%.1f", row.id()),
                        fixed("%.1f", row.ood()),
                        fixed("%.2f", row.deviation()),
                        Integer.toString(row.n())))
                .toList();
        List<List<String>> pairs = table.comparisons().stream()
                .map(row -> List.of(
                        row.a() + " -> " + row.b(),
                        fixed("%+.1f", row.id_diff()),
                        fixed("%+.1f", row.ood_diff()),
                        fixed("%.2f", row.deviation_ratio()),
                        row.wins() + " of " + row.n()))
                .toList();
        Grid summary = Grid.of(List.of("method", "rate", "lambda", "ID %", "OOD %", "deviation", "n"), rows)
                .withCaption("Table " + number + "'s question on the " + table.experiment()
                        + " twin; not the paper's numbers"
                        + (table.domains().isEmpty() ? "" : "; over " + String.join(", ", table.domains()))
                        + (stored == null ? "" : "; stored runs of " + stored.getFileName()));
        Grid sameRate = Grid.of(List.of("same rate", "ID", "OOD", "deviation ratio", "better OOD in"), pairs);
        return new Grids(pairs.isEmpty() ? List.of(summary) : List.of(summary, sameRate));
    }

    private static String fixed(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
