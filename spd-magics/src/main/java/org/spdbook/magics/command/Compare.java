package org.spdbook.magics.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunGrids;
import org.spdbook.experiment.table.Table;
import org.spdbook.experiment.table.TableJson;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code compare RUN RUN ...}: runs side by side, and Adam-SPD against AdamW where both are there. */
@CommandLine.Command(name = "compare", description = "Show runs side by side.")
public final class Compare implements Word {

    @CommandLine.Parameters(paramLabel = "RUN", arity = "2..*", description = "ids, beginnings of ids, or variables")
    private List<String> names = new ArrayList<>();

    @CommandLine.Mixin
    private Json json = new Json();

    @Override
    public Answer answer(Front front) throws Exception {
        List<Run> runs = RunChoice.runs(front, names);
        Grid sideBySide = RunGrids.comparison(runs);
        if (json.isAsked()) {
            var spec = runs.get(0).spec();
            return Answer.of(TableJson.write(new Table(spec.experiment(), spec.profile(), runs), Map.of()));
        }
        Grid verdict = RunGrids.verdict(runs);
        return Answer.of(verdict.rows().isEmpty() ? sideBySide : new Grids(List.of(sideBySide, verdict)));
    }
}
