package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.spdbook.eval.TestSet;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.train.Task;

/** A model in memory with its data, for one domain and one seed. Owns the model. Used by one thread. */
public interface OpenWorld extends AutoCloseable {

    /** Name of the measure: mean loss on texts of the pre-training, in nats per token. */
    String RETENTION = "retention loss";

    /** Owns what is loaded beside the model; closed with it. */
    NDManager manager();

    /** Model and training examples. */
    Task task();

    /** Names of the head's tensors. */
    Set<String> head();

    /** Names of those tensors that have no pre-trained values, such as a new head: their way is no deviation, and nothing pulls them back. */
    default Set<String> fresh() {
        return Set.of();
    }

    /** All tensors of the model by name, live. */
    Map<String, NDArray> weights();

    /**
     * Freezes tensors of the model from now on: they collect no gradients.
     *
     * @return names of those that were not frozen before
     */
    Set<String> freeze(Predicate<String> names);

    /** Lets frozen tensors, which are float32 then, collect gradients again; names that are not frozen are passed over. */
    void unfreeze(Set<String> names);

    /** Tensors that training changes without gradients, such as running means of a normalisation, by name, live. */
    default Map<String, NDArray> buffers() {
        return Map.of();
    }

    /** Test sets, one per domain, in the order of the world. */
    List<TestSet> testSets();

    /** Validation examples of the domain trained on. */
    TestSet validation();

    /**
     * The validation examples as a task, without augmentation, for what is learned on them after training.
     *
     * @throws UnsupportedOperationException if the world has none
     */
    default Task heldOut() {
        throw new UnsupportedOperationException(
                "this world does not lend its validation examples, which finish tpgm learns on; take another finish");
    }

    /**
     * Puts adapters into the model, beside modules that are not the head's, and freezes its own tensors.
     *
     * @param random for the first values
     * @throws UnsupportedOperationException if the model has no modules for them
     */
    default void attach(AdapterConfig adapters, RandomGenerator random) {
        throw new UnsupportedOperationException(
                "this world's model takes no adapters; leave trained out, or choose another experiment, such as"
                        + " commonsense");
    }

    /** The language model with its texts, of a world that has one; what is put into the model is in it too. */
    default Optional<TextModel> texts() {
        return Optional.empty();
    }

    /** What is measured beside the scores once training is over, by name: such as the loss on the pre-training's texts. */
    default Map<String, Double> measures() {
        return Map.of();
    }

    /** What the model wrote about each example when it was last tested, by test set, in their order; nothing where it does not write. */
    default Map<String, List<String>> answers() {
        return Map.of();
    }

    /** What was left out so far because it could not be used: a sentence per example. */
    default Set<String> skipped() {
        return Set.of();
    }

    @Override
    void close();
}
