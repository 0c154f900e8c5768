package org.spdbook.magics.command;

import java.util.List;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code model WORLD}: the model of a world. */
@CommandLine.Command(name = "model", description = "Show the model of a world.")
public final class ModelWord implements Word {

    @CommandLine.Parameters(paramLabel = "WORLD", arity = "0..1", defaultValue = "emoji", description = "a world")
    private String world = "";

    @CommandLine.Option(
            names = "--profile",
            defaultValue = "twin",
            description = "size: twin, pilot or paper (${DEFAULT-VALUE})")
    private String profile = "";

    @Override
    public Answer answer(Front front) {
        List<List<String>> rows = Experiment.modelFacts(World.named(world, Profile.of(profile))).entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
        return Answer.of(Grid.of(List.of("model of " + world, ""), rows));
    }
}
