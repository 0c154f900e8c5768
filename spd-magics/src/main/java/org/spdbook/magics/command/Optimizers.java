package org.spdbook.magics.command;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.chart.Grid;
import org.spdbook.magics.front.Front;
import org.spdbook.optim.OptimizerService;
import picocli.CommandLine;

/** {@code optimizers}: all optimisers on the class path with their options and defaults. */
@CommandLine.Command(name = "optimizers", description = "List the optimizers and their options.")
public final class Optimizers implements Word {

    @Override
    public Answer answer(Front front) {
        List<List<String>> rows = new ArrayList<>();
        OptimizerService.all().values().forEach(service -> {
            rows.add(List.of(service.name(), "", "", service.summary()));
            service.options()
                    .forEach(option -> rows.add(List.of("", option.name(), option.defaultValue(), option.help())));
        });
        return Answer.of(Grid.of(List.of("optimizer", "option", "default", "meaning"), rows));
    }
}
