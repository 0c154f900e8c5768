package org.spdbook.magics.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.Controls;
import org.spdbook.experiment.table.Matching;
import org.spdbook.magics.front.Front;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code match emoji --to FILE}: solves the controls of a world, which {@code table controls} then runs. */
@CommandLine.Command(
        name = "match",
        description = "Solve the controls that end as far from the pre-trained weights as Adam-SPD; runs are stored.")
public final class Match implements Word {

    @CommandLine.Parameters(paramLabel = "WORLD", description = "such as emoji")
    private String world = "";

    @CommandLine.Option(names = "--to", description = "also write the JSON that the software brings to a file")
    private @Nullable Path file;

    @CommandLine.Mixin
    private SweepLimits limits = new SweepLimits();

    @Override
    public Answer answer(Front front) throws Exception {
        World where = World.named(world);
        Controls controls = new Matching(where, plans -> runs(plans, front)).solve();
        if (file != null) {
            AtomicFile.write(file, controls.toJson().getBytes(StandardCharsets.UTF_8));
        }
        List<List<String>> rows = controls.rows().stream()
                .map(row -> List.of(row.name(), row.setting().toString(), Grid.number(row.deviation(), 3)))
                .toList();
        return Answer.of(Grid.of(List.of("row", "setting", "deviation"), rows)
                .withCaption("Controls of " + world + "; deviation in the mean over the domains, seed 0"));
    }

    private List<Run> runs(List<Plan> plans, Front front) {
        try {
            return limits.all("match-" + world, plans, front);
        } catch (IOException e) {
            throw new UncheckedIOException("the runs cannot be stored: " + e.getMessage(), e);
        }
    }
}
