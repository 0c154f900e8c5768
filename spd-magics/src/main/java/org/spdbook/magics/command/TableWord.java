package org.spdbook.magics.command;

import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Table;
import org.spdbook.experiment.World;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code table 1 --experiment emoji}: AdamW and Adam-SPD on every domain and seed. */
@CommandLine.Command(name = "table", description = "Run the cells of a table and print it; some minutes on one core.")
public final class TableWord implements Callable<Integer> {

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

    @CommandLine.Option(names = "--json", description = "print JSON")
    private boolean json;

    @CommandLine.Option(names = "--to", description = "also write the JSON to a file")
    private @org.jspecify.annotations.Nullable Path file;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (number != 1) {
            throw wrong("table " + number + " is not there yet; choose 1");
        }
        Table table = new Table(experiment, "twin", runs(World.named(experiment)));
        String tree = new GsonBuilder().setPrettyPrinting().create().toJson(table.toTree());
        if (file != null) {
            AtomicFile.write(file, (tree + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (json) {
            spec.commandLine().getOut().println(tree);
        } else {
            print(table);
        }
        return 0;
    }

    private List<Run> runs(World world) {
        List<Run> runs = new ArrayList<>();
        long[] range = range();
        for (long seed = range[0]; seed <= range[1]; seed++) {
            for (String domain : world.domains()) {
                for (Table.Setting setting : SETTINGS) {
                    runs.add(world.run(specification(setting, domain, seed), (step, steps, loss) -> {}, () -> false));
                    Run run = runs.get(runs.size() - 1);
                    spec.commandLine()
                            .getErr()
                            .printf(
                                    Locale.ROOT,
                                    "%s on %s, seed %d: ID %.1f, OOD %.1f%n",
                                    setting,
                                    domain,
                                    seed,
                                    run.id(),
                                    run.ood());
                    spec.commandLine().getErr().flush();
                }
            }
        }
        return runs;
    }

    private ExperimentSpec specification(Table.Setting setting, String domain, long seed) {
        Map<String, String> options =
                setting.lambda() == 0 ? Map.of() : Map.of("lambda", Double.toString(setting.lambda()));
        return new ExperimentSpec(experiment, domain, setting.optimizer(), setting.lr(), seed, options);
    }

    private long[] range() {
        if (!seeds.matches("\\d{1,9}\\.\\.\\d{1,9}")) {
            throw wrong("--seeds takes first..last such as 0..2, got " + seeds);
        }
        String[] ends = seeds.split("\\.\\.");
        return new long[] {Long.parseLong(ends[0]), Long.parseLong(ends[1])};
    }

    private void print(Table table) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Table 1's question on the %s twin; not the paper's numbers%n", experiment);
        out.printf("%-10s %8s %7s %7s %7s %10s %4s%n", "method", "lr", "lambda", "ID %", "OOD %", "deviation", "n");
        table.summary()
                .forEach(row -> out.printf(
                        Locale.ROOT,
                        "%-10s %8.0e %7.1f %7.1f %7.1f %10.2f %4d%n",
                        row.method(),
                        row.lr(),
                        row.lambda(),
                        row.id(),
                        row.ood(),
                        row.deviation(),
                        row.n()));
        table.comparisons()
                .forEach(row -> out.printf(
                        Locale.ROOT,
                        "%s -> %s: ID %+.1f, OOD %+.1f, deviation x %.2f, better OOD in %d of %d%n",
                        row.a(),
                        row.b(),
                        row.id_diff(),
                        row.ood_diff(),
                        row.deviation_ratio(),
                        row.wins(),
                        row.n()));
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
