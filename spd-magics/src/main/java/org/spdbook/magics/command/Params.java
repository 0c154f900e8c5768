package org.spdbook.magics.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Plan;
import org.spdbook.magics.front.Front;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.OptionSpec;
import picocli.CommandLine;

/** {@code params EXPERIMENT}: every knob with the value that {@code train} with the same options would use. */
@CommandLine.Command(name = "params", description = "Show every parameter that train with these options would use.")
public final class Params implements Word {

    @CommandLine.Parameters(paramLabel = "EXPERIMENT", arity = "0..1", defaultValue = "emoji", description = "a world")
    private String experiment = "";

    @CommandLine.Mixin
    private Train.SpecOptions options = new Train.SpecOptions();

    @CommandLine.Mixin
    private Json json = new Json();

    @Override
    public Answer answer(Front front) {
        Plan plan = Plan.of(options.specification(experiment));
        var spec = plan.spec();
        if (json.isAsked()) {
            return Answer.of(spec.toJson());
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("profile", spec.profile(), "size"));
        rows.add(List.of("on", spec.trainedOn(), "domain to train on"));
        rows.add(List.of("optimizer", spec.optimizer(), "method"));
        rows.add(List.of("lr", Grid.rate(spec.lr()), "learning rate"));
        rows.add(List.of("seed", Long.toString(spec.seed()), "of order, augmentation and split"));
        Stream.of(
                        OptimizerService.named(spec.optimizer()).options(),
                        plan.recipe().options(),
                        plan.world().settings())
                .flatMap(List::stream)
                .forEach(option -> rows.add(List.of(option.name(), value(plan, option), help(option))));
        return Answer.of(Grid.of(List.of("parameter", "value", "meaning"), rows)
                .withNote("Change the last ones with --set NAME=VALUE."));
    }

    private static String value(Plan plan, OptionSpec option) {
        String own = plan.spec().options().get(option.name());
        return own != null ? own : plan.spec().settings().getOrDefault(option.name(), option.defaultValue());
    }

    private static String help(OptionSpec option) {
        return option.values().isEmpty() ? option.help() : option.help() + ": " + String.join(", ", option.values());
    }
}
