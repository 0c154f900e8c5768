package org.spdbook.experiment;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.spdbook.train.Trainer;

/** Data, model, weights and recipe of an experiment. Found by {@link ServiceLoader}. */
public interface World {

    /** The word for it. */
    String name();

    /** Domains that can be trained on; all of them are tested on. */
    List<String> domains();

    /**
     * Trains and tests.
     *
     * @param progress told after every step
     * @param cancelled asked before every step
     * @throws IllegalArgumentException if the spec asks for what the world does not have
     */
    Run run(ExperimentSpec spec, Trainer.Progress progress, BooleanSupplier cancelled);

    /** Accuracy in percent of the pre-trained model without training, by test set. */
    Map<String, Double> zeroShot(long seed);

    /**
     * The world of a name.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    static World named(String name) {
        Map<String, World> worlds = new TreeMap<>();
        ServiceLoader.load(World.class, World.class.getClassLoader()).forEach(world -> worlds.put(world.name(), world));
        World world = worlds.get(name);
        if (world == null) {
            throw new IllegalArgumentException(
                    "experiment " + name + " is not known; choose one of " + String.join(", ", worlds.keySet()));
        }
        return world;
    }
}
