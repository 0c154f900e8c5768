package org.spdbook.magics.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunState;
import org.spdbook.experiment.SpecWords;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code runs}: the stored runs of this folder. */
@CommandLine.Command(name = "runs", description = "List the stored runs.")
public final class Runs implements Word {

    @CommandLine.Mixin
    private Json json = new Json();

    @Override
    public Answer answer(Front front) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (RunFolder folder : front.runs().list()) {
            all.add(facts(folder));
        }
        if (json.isAsked()) {
            return Answer.of(Json.text(all));
        }
        if (all.isEmpty()) {
            return Answer.of("no runs in " + front.runs().root() + " yet; make one with: spd train emoji");
        }
        List<List<String>> rows = all.stream()
                .map(facts -> facts.values().stream().map(String::valueOf).toList())
                .toList();
        return Answer.of(Grid.of(List.copyOf(all.get(0).keySet()), rows));
    }

    private static Map<String, Object> facts(RunFolder folder) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        var spec = folder.spec();
        facts.put("run", folder.id());
        facts.put("rate", SpecWords.value(spec, SpecWords.LR));
        facts.put("lambda", SpecWords.value(spec, "lambda"));
        facts.put("seed", spec.seed());
        StateText state = StateText.of(folder);
        facts.put("state", state.cell());
        if (state.state() == RunState.ENDED) {
            Run run = folder.load();
            facts.put("ID %", run.hasId() ? String.format(Locale.ROOT, "%.1f", run.id()) : "-");
            facts.put("OOD %", String.format(Locale.ROOT, "%.1f", run.ood()));
            facts.put("deviation", String.format(Locale.ROOT, "%.2f", run.deviation()));
        } else {
            facts.put("ID %", "-");
            facts.put("OOD %", "-");
            facts.put("deviation", "-");
        }
        return facts;
    }
}
