package org.spdbook.magics.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.SpecWords;
import org.spdbook.experiment.sweep.Sweep;
import org.spdbook.experiment.sweep.SweepGrid;
import org.spdbook.experiment.table.Table;
import org.spdbook.experiment.table.TableGrids;
import org.spdbook.experiment.table.TableJson;
import org.spdbook.magics.front.Front;
import org.spdbook.weights.Checksum;
import picocli.CommandLine;

/** {@code sweep EXPERIMENT key=value,value ...}: every combination, in processes of their own. */
@CommandLine.Command(
        name = "sweep",
        description = "Train every combination of some values; goes on where it was stopped.")
public final class SweepWord implements Word {

    private static final int NAME_LETTERS = 8;

    @CommandLine.Parameters(index = "0", paramLabel = "EXPERIMENT", description = "a world, see: spd data")
    private String experiment = "";

    @CommandLine.Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUES",
            arity = "0..*",
            description = "on, optimizer, lr, seed or what spd params shows, such as lr=3e-4,1e-3 seed=0..2")
    private List<String> axes = new ArrayList<>();

    @CommandLine.Mixin
    private PeftOption peft = new PeftOption();

    @CommandLine.Mixin
    private SweepLimits limits = new SweepLimits();

    @CommandLine.Option(names = "--as", paramLabel = "NAME", description = "name of the journal")
    private @Nullable String name;

    @CommandLine.Option(
            names = "--hindsight",
            description = "also choose by OOD accuracy, which looks at the answer: never report it as tuned")
    private boolean hindsight;

    @CommandLine.Mixin
    private Json json = new Json();

    @Override
    public Answer answer(Front front) throws Exception {
        List<String> words = peft.with(axes);
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "a sweep needs values to combine, got none; write e.g. lr=3e-4,1e-3 seed=0..2");
        }
        SweepGrid grid = SweepGrid.parse(experiment, words);
        List<Plan> plans = grid.plans();
        Sweep.Outcome outcome = limits.run(limits.sweep(name(plans), plans, front.runs()), front);
        boolean ok = outcome.runs().size() == plans.size();
        return new Answer(
                json.isAsked()
                        ? TableJson.write(table(outcome), Map.of("failed", outcome.failures()))
                                .stripTrailing()
                        : grids(grid, outcome, plans.size()),
                ok);
    }

    private String name(List<Plan> plans) {
        if (name != null) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
                throw new IllegalArgumentException(
                        "a sweep's name has letters, digits, dots, dashes and underlines, got " + name);
            }
            return name;
        }
        String keys = plans.stream().map(Plan::key).collect(Collectors.joining("\n"));
        return experiment + "-"
                + Checksum.of(keys.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .substring(0, NAME_LETTERS);
    }

    private Table table(Sweep.Outcome outcome) {
        return new Table(experiment, ExperimentSpec.TWIN, outcome.runs());
    }

    private Grids grids(SweepGrid grid, Sweep.Outcome outcome, int trials) {
        List<String> words = grid.axes().keySet().stream()
                .filter(word -> !word.equals(SpecWords.ON) && !word.equals(SpecWords.SEED))
                .toList();
        Map<List<String>, List<Run>> settings = outcome.runs().stream()
                .collect(Collectors.groupingBy(
                        run -> words.stream()
                                .map(word -> SpecWords.value(run.spec(), word))
                                .toList(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<List<String>> rows = new ArrayList<>();
        settings.forEach((values, runs) -> {
            List<String> row = new ArrayList<>(values);
            row.add(TableGrids.mean("%.1f", runs, Run::id));
            row.add(TableGrids.mean("%.1f", runs, Run::ood));
            row.add(TableGrids.mean("%.1f", runs, Run::validation));
            row.add(TableGrids.mean("%.2f", runs, Run::deviation));
            row.add(Integer.toString(runs.size()));
            rows.add(row);
        });
        List<String> header = new ArrayList<>(words);
        header.addAll(List.of("ID %", "OOD %", "ID validation %", "deviation", "n"));
        List<Grid> grids = new ArrayList<>();
        grids.add(Grid.of(header, rows)
                .withCaption(experiment + " twin: " + outcome.runs().size() + " of " + trials + " trials, "
                        + outcome.reused() + " of them stored before")
                .withNote("Means over domains and seeds. Choose a setting by ID validation, never by OOD."));
        Stream.of(TableGrids.tuned(table(outcome)), TableGrids.hindsight(table(outcome)))
                .limit(hindsight ? 2 : 1)
                .filter(chosen -> !chosen.rows().isEmpty())
                .forEach(grids::add);
        if (!outcome.failures().isEmpty()) {
            grids.add(Grid.of(
                            List.of("run", "reason", "last lines"),
                            outcome.failures().stream()
                                    .map(failure -> List.of(
                                            failure.run(), failure.reason(), String.join(" | ", failure.lastLines())))
                                    .toList())
                    .withCaption("Failed; the same sweep tries them again"));
        }
        return new Grids(grids);
    }
}
