package org.spdbook.magics.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code data [WORLD]}: what there is to train and test on. */
@CommandLine.Command(name = "data", description = "Show the worlds, or the data of one.")
public final class Data implements Word {

    @CommandLine.Parameters(paramLabel = "WORLD", arity = "0..1", description = "a world; all by default")
    private @Nullable String world;

    @Override
    public Answer answer(Front front) {
        if (world == null) {
            List<List<String>> rows = World.all().values().stream()
                    .map(one -> List.of(one.name(), String.join(", ", one.domains()), one.summary()))
                    .toList();
            return Answer.of(Grid.of(List.of("world", "domains", "what"), rows));
        }
        List<List<String>> rows = World.named(world).dataFacts().entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
        return Answer.of(Grid.of(List.of("data of " + world, ""), rows));
    }
}
