package org.spdbook.magics.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code model WORLD}: the model of a world, and what a recipe trains of it. */
@CommandLine.Command(
        name = "model",
        description = "Show the model of a world, and with --set what is trained of it at which rates.")
public final class ModelWord implements Word {

    @CommandLine.Parameters(paramLabel = "WORLD", arity = "0..1", defaultValue = "emoji", description = "a world")
    private String world = "";

    @CommandLine.Option(
            names = "--profile",
            defaultValue = "twin",
            description = "size: twin, pilot or paper (${DEFAULT-VALUE})")
    private String profile = "";

    @CommandLine.Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "a part of the recipe, such as layer-decay=0.75, trained=biases or head=free: then also what is"
                            + " trained, at which rates")
    private Map<String, String> parts = new LinkedHashMap<>();

    @Override
    public Answer answer(Front front) {
        World where = World.named(world, Profile.of(profile));
        List<List<String>> rows = Experiment.modelFacts(where).entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
        Grid facts = Grid.of(List.of("model of " + world, ""), rows);
        return parts.isEmpty() ? Answer.of(facts) : new Answer(new Grids(List.of(facts, groups(where))), true);
    }

    private Grid groups(World where) {
        List<List<String>> rows = Experiment.groups(where, where.recipe().with(parts)).stream()
                .map(group -> List.of(
                        group.layer(),
                        Integer.toString(group.tensors()),
                        String.format(Locale.ROOT, "%,d", group.values()),
                        Grid.number(group.rate(), 3),
                        group.decays() ? "yes" : "no"))
                .toList();
        return Grid.of(List.of("trained", "tensors", "values", "factor of the rate", "pulled back"), rows);
    }
}
