package org.spdbook.magics.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.World;
import org.spdbook.experiment.mechanism.Curve;
import org.spdbook.experiment.mechanism.Mechanism;
import org.spdbook.magics.front.Front;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code mechanism emoji --to FILE}: runs with histories, and what the selection does in them. */
@CommandLine.Command(
        name = "mechanism",
        description = "Look into runs: which tensors Adam-SPD pulls back, when and how far; runs are stored.")
public final class MechanismWord implements Word {

    @CommandLine.Parameters(paramLabel = "WORLD", description = "such as emoji")
    private String world = "";

    @CommandLine.Option(names = "--to", description = "also write the JSON that the software brings to a file")
    private @Nullable Path file;

    @CommandLine.Mixin
    private SweepLimits limits = new SweepLimits();

    @Override
    public Answer answer(Front front) throws Exception {
        World where = World.named(world);
        List<Run> runs = limits.all("mechanism-" + world, Mechanism.plans(where), front);
        Mechanism mechanism = Mechanism.of(where, runs, TableWord.madeBy());
        if (file != null) {
            AtomicFile.write(file, mechanism.toJson().getBytes(StandardCharsets.UTF_8));
        }
        List<Grid> grids = new ArrayList<>();
        mechanism.curves().forEach((kind, curves) -> grids.add(grid(kind, curves)));
        return new Answer(new Grids(grids), true);
    }

    private static Grid grid(String kind, List<Curve> curves) {
        List<String> header = new ArrayList<>(List.of(kind));
        curves.forEach(curve -> header.add(curve.name()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < curves.get(0).points().size(); i++) {
            List<String> row =
                    new ArrayList<>(List.of(curves.get(0).points().get(i).place()));
            for (Curve curve : curves) {
                row.add(String.format(Locale.ROOT, "%.2f", curve.points().get(i).value()));
            }
            rows.add(row);
        }
        return Grid.of(header, rows);
    }
}
