package org.spdbook.experiment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Data, model, weights and default recipe of an experiment. Found by {@link ServiceLoader}: one class and one line in
 * {@code META-INF/services/org.spdbook.experiment.World}. Trainer, evaluation and tables know nothing else of it.
 */
public interface World {

    /** The word for it. */
    String name();

    /** What it is, in one line. */
    String summary();

    /** Domains that can be trained on; all of them are tested on. */
    List<String> domains();

    /** What to train on when nothing is said. */
    default String defaultDomain() {
        return domains().get(0);
    }

    /**
     * Named choices of domains over which tables are summed up, the usual one first; empty where tables take all.
     */
    default Map<String, List<String>> domainSets() {
        return Map.of();
    }

    /** Whether a seed chooses what is trained on only: all seeds are then tested on the same examples. */
    default boolean testsAllSeedsAlike() {
        return false;
    }

    /** Names of the classes, in the order of the labels; empty where nothing is classified. */
    default List<String> classes() {
        return List.of();
    }

    /** How it is trained when nothing else is said. */
    Recipe recipe();

    /** SHA-256 over data and pre-trained weights, in hexadecimal: equal ones give equal runs. */
    String fingerprint();

    /** Facts about the data, in the order to be shown: what to what. */
    Map<String, String> dataFacts();

    /** Facts about the model, in the order to be shown: what to what. */
    Map<String, String> modelFacts();

    /**
     * Opens it for training and testing, with the pre-trained weights in place.
     *
     * @param domain one of {@link #domains}
     * @param seed of the split
     * @return is closed by the caller, on the thread that opened it
     * @throws IllegalArgumentException if there is no such domain, with the known ones
     */
    OpenWorld open(String domain, long seed);

    /** All worlds on the class path, by name; looked up once. */
    static Map<String, World> all() {
        return Found.WORLDS;
    }

    /** The worlds, when first asked for. */
    final class Found {

        private static final Map<String, World> WORLDS = load();

        private Found() {}

        private static Map<String, World> load() {
            Map<String, World> worlds = new TreeMap<>();
            ServiceLoader.load(World.class, World.class.getClassLoader())
                    .forEach(world -> worlds.put(world.name(), world));
            return Collections.unmodifiableMap(worlds);
        }
    }

    /**
     * The world of a name.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    static World named(String name) {
        Map<String, World> worlds = all();
        Known.require("experiment", name, worlds.keySet());
        return java.util.Objects.requireNonNull(worlds.get(name));
    }
}
