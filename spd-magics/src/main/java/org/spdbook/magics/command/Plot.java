package org.spdbook.magics.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Chart;
import org.spdbook.chart.SvgWriter;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunCharts;
import org.spdbook.magics.front.Front;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code plot KIND RUN ...}: a chart of runs. */
@CommandLine.Command(name = "plot", description = "Draw loss, frontier, deviation or selection of runs.")
public final class Plot implements Word {

    /** What can be drawn. */
    static final List<String> KINDS = List.of("loss", "frontier", "deviation", "selection");

    @CommandLine.Parameters(index = "0", paramLabel = "KIND", description = "loss, frontier, deviation or selection")
    private String kind = "";

    @CommandLine.Parameters(index = "1..*", paramLabel = "RUN", arity = "1..*", description = "ids or variables")
    private List<String> names = new ArrayList<>();

    @CommandLine.Option(names = "--svg", paramLabel = "FILE", description = "also write the picture to a file")
    private @Nullable Path file;

    @Override
    public Answer answer(Front front) throws Exception {
        Known.require("plot", kind, KINDS);
        List<Run> runs = RunChoice.runs(front, names);
        Chart chart = switch (kind) {
            case "loss" -> RunCharts.loss(runs);
            case "frontier" -> RunCharts.frontier(runs);
            case "deviation" -> RunCharts.deviation(runs);
            default -> selection(runs);
        };
        if (file != null) {
            AtomicFile.write(file, SvgWriter.standard().write(chart).getBytes(StandardCharsets.UTF_8));
        }
        return Answer.of(chart);
    }

    private static Chart selection(List<Run> runs) {
        if (runs.size() != 1) {
            throw new IllegalArgumentException("plot selection takes one run, got " + runs.size());
        }
        return RunCharts.selection(runs.get(0));
    }
}
