package org.spdbook.experiment;

import ai.djl.Device;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.OptionSpec;
import org.spdbook.optim.UpdateRule;
import org.spdbook.torch.Torch;
import org.spdbook.train.Seeds;
import org.spdbook.train.Trainer;
import org.spdbook.weights.Checksum;

/**
 * A spec with everything looked up and every default written out: what can be wrong about the words is wrong here, before
 * anything is computed.
 *
 * @param spec with all options and settings filled in
 * @param world the spec's
 * @param rule the spec's optimiser
 * @param recipe the world's with the spec's settings
 * @param device what it is computed on. It is no part of the key: a run asks the same on each, though the sums of one differ from
 *     the other's in their last bits. It is written down with the versions, and a run goes on where it was begun
 */
public record Plan(ExperimentSpec spec, World world, UpdateRule rule, Recipe recipe, Device device) {

    /**
     * Looks everything up.
     *
     * @throws IllegalArgumentException if a name is not known or a value is wrong, in one sentence
     */
    public static Plan of(ExperimentSpec spec) {
        World known = World.named(spec.experiment(), Profile.of(spec.profile()));
        Map<String, String> own = new LinkedHashMap<>(spec.settings());
        own.keySet().retainAll(names(known));
        World world = known.with(own);
        Known.require("domain", spec.trainedOn(), world.trainable());
        Known.require("optimizer", spec.optimizer(), OptimizerService.all().keySet());
        UpdateRule rule = OptimizerService.create(spec.optimizer(), spec.options());
        Map<String, String> others = new LinkedHashMap<>(spec.settings());
        others.keySet().removeAll(own.keySet());
        Recipe recipe = world.recipe().with(others);
        world.check(recipe.groups().trained());
        rule.checkFor(recipe.adapters().precision(recipe.groups().trained()));
        Map<String, String> settings = recipe.toMap(world.recipe());
        world.settings().forEach(setting -> settings.put(setting.name(), setting.defaultValue()));
        var resolved = new ExperimentSpec(
                spec.experiment(),
                spec.profile(),
                spec.trainedOn(),
                spec.optimizer(),
                spec.lr(),
                spec.seed(),
                options(spec),
                settings);
        World trained = recipe.groups().trained() == Trained.ADAPTERS ? world.adapted() : world;
        return new Plan(resolved.pretrained(resolved.pretrained()), trained, rule, recipe, Device.cpu());
    }

    /**
     * This work on another device.
     *
     * @param word {@code cpu}, {@code gpu} or {@code gpu(1)}
     * @throws IllegalArgumentException if it is none of these, or is not there
     */
    public Plan on(String word) {
        return new Plan(spec, world, rule, recipe, Torch.device(word));
    }

    private static List<String> names(World world) {
        return world.settings().stream().map(OptionSpec::name).toList();
    }

    private static Map<String, String> options(ExperimentSpec spec) {
        Map<String, String> all = new LinkedHashMap<>();
        for (OptionSpec option : OptimizerService.named(spec.optimizer()).options()) {
            String value = spec.options().getOrDefault(option.name(), option.defaultValue());
            boolean number = option.kind() == OptionSpec.Kind.NUMBER;
            all.put(option.name(), number ? Double.toString(Double.parseDouble(value)) : value);
        }
        return all;
    }

    /** SHA-256 of the spec with all defaults written out and of the data: equal keys give equal runs. */
    public String key() {
        return Checksum.of((spec.toJson() + "\n" + world.fingerprint()).getBytes(StandardCharsets.UTF_8));
    }

    /** Opens the world. The caller closes it, and {@linkplain #adapt adapts} it before it is trained or given trained weights. */
    OpenWorld open() {
        return world.open(spec.trainedOn(), spec.seed(), device);
    }

    /** Puts the adapters of the recipe into the model of the open world; nothing where it asks for none. */
    void adapt(OpenWorld open) {
        recipe.adapt(open, world, spec.seed());
    }

    /** The training loop. */
    Trainer trainer() {
        return new Trainer(
                recipe.epochs(),
                recipe.batch(),
                recipe.clip(),
                new Seeds(spec.seed()),
                world.mostSteps(),
                recipe.computing().accumulate(),
                recipe.computing().gradients());
    }
}
