package org.spdbook.magics.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Table;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code table 1 --experiment emoji}: AdamW and Adam-SPD on every domain and seed. */
@CommandLine.Command(name = "table", description = "Run the cells of a table and print it; some minutes on one core.")
public final class TableWord implements Word {

    private static final List<Table.Setting> SETTINGS = List.of(
            new Table.Setting("adamw", 3e-4, 0),
            new Table.Setting("adamw", 1e-3, 0),
            new Table.Setting("adamw", 3e-3, 0),
            new Table.Setting("adam-spd", 3e-4, 1),
            new Table.Setting("adam-spd", 1e-3, 1),
            new Table.Setting("adam-spd", 1e-3, 2),
            new Table.Setting("adam-spd", 3e-3, 2));

    @CommandLine.Parameters(paramLabel = "N", description = "number of the table in the paper: 1")
    private int number;

    @CommandLine.Option(names = "--experiment", defaultValue = "emoji", description = "world (${DEFAULT-VALUE})")
    private String experiment = "";

    @CommandLine.Option(names = "--seeds", defaultValue = "0..2", description = "first..last (${DEFAULT-VALUE})")
    private String seeds = "";

    @CommandLine.Mixin
    private Json json = new Json();

    @CommandLine.Option(names = "--to", description = "also write the JSON to a file")
    private @org.jspecify.annotations.Nullable Path file;

    @CommandLine.Option(
            names = "--stored",
            paramLabel = "FILE",
            description = "show the runs of a file that --to wrote, instead of running them")
    private @org.jspecify.annotations.Nullable Path stored;

    @Override
    public Answer answer(Front front) throws Exception {
        if (number != 1) {
            throw new IllegalArgumentException("table " + number + " is not there yet; choose 1");
        }
        Table table = stored == null
                ? new Table(experiment, ExperimentSpec.TWIN, runs(front, World.named(experiment)))
                : Table.fromJson(Files.readString(stored));
        String tree = Json.text(table.toTree());
        if (file != null) {
            AtomicFile.write(file, (tree + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Answer.of(json.isAsked() ? tree : grids(table));
    }

    private List<Run> runs(Front front, World world) {
        List<Run> runs = new ArrayList<>();
        long[] range = range();
        var cancel = new Cancel();
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            for (long seed = range[0]; seed <= range[1]; seed++) {
                for (String domain : world.domains()) {
                    for (Table.Setting setting : SETTINGS) {
                        Plan plan = Plan.of(specification(setting, domain, seed));
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

    private ExperimentSpec specification(Table.Setting setting, String domain, long seed) {
        Map<String, String> options =
                setting.lambda() == 0 ? Map.of() : Map.of("lambda", Double.toString(setting.lambda()));
        return ExperimentSpec.of(experiment, domain, setting.optimizer(), setting.lr(), seed, options);
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
        return new Grids(List.of(
                Grid.of(List.of("method", "rate", "lambda", "ID %", "OOD %", "deviation", "n"), rows)
                        .withCaption("Table 1's question on the " + experiment + " twin; not the paper's numbers"
                                + (stored == null ? "" : "; stored runs of " + stored.getFileName())),
                Grid.of(List.of("same rate", "ID", "OOD", "deviation ratio", "better OOD in"), pairs)));
    }

    private static String fixed(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
