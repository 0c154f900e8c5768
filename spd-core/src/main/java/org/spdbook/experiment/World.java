package org.spdbook.experiment;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Cancel;

/**
 * Data, model, weights and default recipe of an experiment. Found by {@link ServiceLoader}: one class and one line in
 * {@code META-INF/services/org.spdbook.experiment.World}. Trainer, evaluation and tables know nothing else of it.
 */
public interface World {

    /** The {@linkplain #settings setting} that chooses among pre-trainings by the seed they were made with. */
    String PRETRAINED = "pretrained";

    /** The word for it. */
    String name();

    /** Its size. An experiment has one world per profile, all of one name. */
    default Profile profile() {
        return Profile.TWIN;
    }

    /** What it is, in one line. */
    String summary();

    /** What is tested on. */
    List<String> domains();

    /**
     * What can be trained on: those of the {@link #domains} that are not tested on only, usually all of them; or a mixture that is no test
     * set, and then there is no score on what was trained on, and the mean over all domains takes the place of that over the others.
     */
    default List<String> trainable() {
        return domains();
    }

    /** What to train on when nothing is said. */
    default String defaultDomain() {
        return trainable().get(0);
    }

    /**
     * Named choices of domains over which tables are summed up, the usual one first; empty where tables take all.
     */
    default Map<String, List<String>> domainSets() {
        return Map.of();
    }

    /** Named groups of test sets that nothing is trained on: tables show the mean over each, in this order. */
    default Map<String, List<String>> groups() {
        return Map.of();
    }

    /** Whether a seed chooses what is trained on only: all seeds are then tested on the same examples. */
    default boolean testsAllSeedsAlike() {
        return false;
    }

    /** Number of the paper's table whose question it asks. */
    default int table() {
        return 1;
    }

    /** Whether a run begins with a test of the untrained model; not where that takes long and tells little. */
    default boolean testsUntrained() {
        return true;
    }

    /** What its model is called before training: zero-shot, if it can do something then. */
    default String untrained() {
        return "zero-shot";
    }

    /** As {@link #untrained()} of an experiment; zero-shot where it is not known. */
    static String untrained(String experiment) {
        World world = all().get(experiment);
        return world == null ? "zero-shot" : world.untrained();
    }

    /** What its scores are, in percent. */
    default String metric() {
        return "accuracy";
    }

    /** What the scores of an experiment are; accuracy where it is not known. */
    static String metric(String experiment) {
        World world = all().get(experiment);
        return world == null ? "accuracy" : world.metric();
    }

    /** Names of the classes, in the order of the labels; empty where nothing is classified. */
    default List<String> classes() {
        return List.of();
    }

    /** What kind each example of a test set is, in their order, such as the sort of a question; empty where all are of one kind. */
    default List<String> kinds(String set) {
        return List.of();
    }

    /** The test set whose kinds of examples tables have columns for; empty for none. */
    default String kindsOf() {
        return "";
    }

    /** How it is trained when nothing else is said. */
    Recipe recipe();

    /** Largest learning rate when nothing else is said, per step. */
    default double rate() {
        return 1e-3;
    }

    /** Steps after which training ends even if the epochs are not over. */
    default int mostSteps() {
        return Integer.MAX_VALUE;
    }

    /** What is to be known before its numbers are read, a sentence or two each: such as that test questions are trained on. */
    default List<String> warnings() {
        return List.of();
    }

    /** The {@link #warnings} of the world that a run was of, with its settings; none where it is not known. */
    static List<String> warnings(ExperimentSpec spec) {
        World world = all(Profile.of(spec.profile())).get(spec.experiment());
        if (world == null) {
            return List.of();
        }
        Map<String, String> own = new TreeMap<>(spec.settings());
        own.keySet().retainAll(world.settings().stream().map(OptionSpec::name).toList());
        try {
            return world.with(own).warnings();
        } catch (IllegalArgumentException e) { // such as a folder that is gone
            return world.warnings();
        }
    }

    /** What can be set beside the parts of the recipe, with the values it has now. */
    default List<OptionSpec> settings() {
        return List.of();
    }

    /**
     * This world with some of its {@link #settings} changed.
     *
     * @param settings values as typed
     * @throws IllegalArgumentException if a value cannot be read or is out of its range
     */
    default World with(Map<String, String> settings) {
        settings.keySet()
                .forEach(name -> Known.require(
                        "setting",
                        name,
                        settings().stream().map(OptionSpec::name).toList()));
        return this;
    }

    /**
     * This world with adapters in its model.
     *
     * @throws IllegalArgumentException if it has none
     */
    default World adapted() {
        throw new IllegalArgumentException("trained=adapters needs a model with adapters, which that of " + name()
                + " has not; choose another experiment, such as pascal, or leave it out");
    }

    /**
     * Refuses what cannot be trained of its model.
     *
     * @throws IllegalArgumentException in that case, with what can
     */
    default void check(Trained trained) {}

    /**
     * Modules that adapters are put around when nothing is said: a regular expression of whole names.
     *
     * @param kind of the adapters
     */
    default String targets(Trained kind) {
        return ".*";
    }

    /** SHA-256 over data and pre-trained weights, in hexadecimal: equal ones give equal runs. */
    String fingerprint();

    /** Facts about the data, in the order to be shown: what to what. */
    Map<String, String> dataFacts();

    /**
     * Looks at every file of the data, which may take long.
     *
     * @param progress told how many files have been looked at, from any thread
     * @throws IllegalStateException if the data is not there
     * @throws IllegalArgumentException if it has no files of its own
     */
    default DataCheck checkData(IntConsumer progress) {
        throw new IllegalArgumentException("the data of " + name() + " in profile "
                + profile().word() + " is a part of the software, there is nothing to check; see: spd data " + name());
    }

    /**
     * Writes smaller copies of all pictures into a folder of the same layout, from which the same world then reads; goes on with what is
     * there.
     *
     * @param shortSide of the copies, in pixels
     * @param folder empty, not there yet, or begun alike
     * @param cancel asked before every picture
     * @return complete if it was not interrupted
     * @throws IOException if the folder cannot be written, is too small, or holds something else, in one sentence
     * @throws IllegalStateException if the data is not there
     * @throws IllegalArgumentException if it has no pictures to be packed
     */
    default DataCheck packData(int shortSide, Path folder, PackProgress progress, Cancel cancel) throws IOException {
        throw new IllegalArgumentException(
                "smaller copies are made of the pictures of imagenet in profile pilot or paper,"
                        + " not of those of " + name() + " in profile "
                        + profile().word()
                        + "; write it as: data imagenet --profile paper --pack 256 --to FOLDER");
    }

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

    /**
     * Opens it on a device.
     *
     * @throws IllegalArgumentException as {@link #open(String, long)}, or if the world has no use for a GPU
     */
    default OpenWorld open(String domain, long seed, Device device) {
        if (device.isGpu()) {
            throw new IllegalArgumentException(
                    name() + " in profile " + profile().word()
                            + " is trained on the CPU only, for which it is small enough; leave the device out");
        }
        return open(domain, seed);
    }

    /** The twins on the class path, by name; looked up once. */
    static Map<String, World> all() {
        return all(Profile.TWIN);
    }

    /** All worlds of a profile on the class path, by name; looked up once. */
    static Map<String, World> all(Profile profile) {
        return Objects.requireNonNull(Found.WORLDS.get(profile));
    }

    /** The worlds, when first asked for. */
    final class Found {

        private static final Map<Profile, Map<String, World>> WORLDS = load();

        private Found() {}

        private static Map<Profile, Map<String, World>> load() {
            Map<Profile, Map<String, World>> worlds = new EnumMap<>(Profile.class);
            Arrays.stream(Profile.values()).forEach(profile -> worlds.put(profile, new TreeMap<>()));
            ServiceLoader.load(World.class, World.class.getClassLoader())
                    .forEach(world ->
                            Objects.requireNonNull(worlds.get(world.profile())).put(world.name(), world));
            worlds.replaceAll((profile, some) -> Collections.unmodifiableMap(some));
            return worlds;
        }
    }

    /**
     * The twin of a name.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    static World named(String name) {
        return named(name, Profile.TWIN);
    }

    /**
     * The world of a name and a profile.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    static World named(String name, Profile profile) {
        List<String> others = Arrays.stream(Profile.values())
                .filter(other -> all(other).containsKey(name))
                .map(Profile::word)
                .toList();
        if (!others.isEmpty() && !others.contains(profile.word())) {
            throw new IllegalArgumentException("experiment " + name + " has no profile " + profile.word() + ", only "
                    + String.join(", ", others) + "; choose one of these, or an experiment that has it: "
                    + String.join(", ", all(profile).keySet()));
        }
        Known.require("experiment", name, all(profile).keySet());
        return Objects.requireNonNull(all(profile).get(name));
    }
}
