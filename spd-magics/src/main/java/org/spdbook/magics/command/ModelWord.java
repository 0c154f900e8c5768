package org.spdbook.magics.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Groups;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code model WORLD}: the model of a world, and what a recipe trains of it. */
@CommandLine.Command(
        name = "model",
        description = "Show the model of a world, and with --set or --peft what is trained of it at which rates.")
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

    @CommandLine.Mixin
    private PeftOption peft = new PeftOption();

    @Override
    public Answer answer(Front front) {
        peft.into(parts);
        World where = World.named(world, Profile.of(profile));
        List<List<String>> rows = Experiment.modelFacts(where).entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
        Grid facts = Grid.of(List.of("model of " + world, ""), rows);
        return parts.isEmpty() ? Answer.of(facts) : new Answer(new Grids(List.of(facts, groups(where))), true);
    }

    private Grid groups(World where) {
        Recipe recipe = where.recipe().with(parts);
        Groups.Share share = Experiment.groups(where, recipe);
        List<List<String>> rows = share.groups().stream()
                .map(group -> List.of(
                        group.layer(),
                        Integer.toString(group.tensors()),
                        String.format(Locale.ROOT, "%,d", group.values()),
                        Grid.number(group.rate(), 3),
                        group.decays() ? "yes" : "no"))
                .toList();
        return Grid.of(List.of("trained", "tensors", "values", "factor of the rate", "pulled back"), rows)
                .withNote(String.format(
                        Locale.ROOT,
                        "Trained: %,d of %,d values, %s %%%s.",
                        share.values(),
                        share.all(),
                        Grid.number(100.0 * share.values() / share.all(), 3),
                        recipe.adapters(where).isPresent() ? "; adapters are counted in both" : ""));
    }
}
