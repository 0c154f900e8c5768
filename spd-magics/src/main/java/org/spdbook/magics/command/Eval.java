package org.spdbook.magics.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.RunFolder;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code eval RUN}: tests the stored weights of a run again. */
@CommandLine.Command(name = "eval", description = "Test the stored weights of a run again.")
public final class Eval implements Word {

    @CommandLine.Parameters(paramLabel = "RUN", description = "id, its beginning, or a Java variable")
    private String id = "";

    @CommandLine.Option(names = "--on", paramLabel = "SET", split = ",", description = "test sets; all by default")
    private List<String> sets = new ArrayList<>();

    @CommandLine.Mixin
    private Json json = new Json();

    @Override
    public Answer answer(Front front) throws Exception {
        RunFolder folder = RunChoice.folder(front, id);
        Map<String, Double> scores = Experiment.evaluate(folder, sets);
        if (json.isAsked()) {
            return Answer.of(Json.text(Map.of("run", folder.id(), "scores", scores)));
        }
        List<List<String>> rows = new ArrayList<>();
        scores.forEach((set, score) -> rows.add(List.of(set, String.format(Locale.ROOT, "%.1f", score))));
        return Answer.of(Grid.of(List.of("tested on", "accuracy %"), rows).withCaption("Run " + folder.id()));
    }
}
