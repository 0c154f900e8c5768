package org.spdbook.twin;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.eval.TestSet;
import org.spdbook.experiment.OpenModel;
import org.spdbook.experiment.TextModel;
import org.spdbook.torch.Torch;
import org.spdbook.train.Task;

/** A small world in memory, for one domain and seed. Examples of a set are made when it is asked for. */
public final class OpenTwin extends OpenModel {

    /** Which examples of a domain. */
    public enum Part {
        /** What is trained on. */
        TRAINING,
        /** What methods are tuned on, of the domain trained on. */
        VALIDATION,
        /** What methods are compared on. */
        TEST
    }

    /** Examples to train on or to test on. */
    public interface Examined extends Task, TestSet {

        /** What the model wrote about each example when it was last tested on them; nothing where it does not write. */
        default List<String> answers() {
            return List.of();
        }
    }

    /**
     * A model with what it is trained and tested on.
     *
     * @param tensors of the model
     * @param examined examples
     * @param measures what is measured beside the scores, by name
     * @param texts what it reads and writes; null where it is no language model
     */
    public record Twin(
            Parts tensors,
            Source examined,
            Supplier<Map<String, Double>> measures,
            @Nullable TextModel texts) {

        /** A model of which nothing else is measured, and which writes nothing. */
        public Twin(Parts tensors, Source examined) {
            this(tensors, examined, Map::of, null);
        }
    }

    /** Gives examples. */
    @FunctionalInterface
    public interface Source {

        /** Examples of a part of a domain, augmented when they are trained on or not at all. */
        Examined of(String domain, Part part, boolean augmented);
    }

    private final Source examined;
    private final Supplier<Map<String, Double>> measures;
    private final Optional<TextModel> texts;
    private final String domain;
    private final List<String> domains;
    private final Task task;
    private List<Examined> tested = List.of();
    private @Nullable Task heldOut;

    private OpenTwin(NDManager manager, Twin twin, String domain, List<String> domains) {
        super(manager, twin.tensors());
        this.examined = twin.examined();
        this.measures = twin.measures();
        this.texts = Optional.ofNullable(twin.texts());
        this.domain = domain;
        this.domains = domains;
        this.task = examined.of(domain, Part.TRAINING, true);
    }

    /**
     * Opens a world.
     *
     * @param twin makes the model
     * @param domain to train on
     * @param domains to test on
     * @return closed by the caller
     */
    public static OpenTwin of(Function<NDManager, Twin> twin, String domain, List<String> domains) {
        NDManager manager = Torch.newManager();
        try {
            return new OpenTwin(manager, twin.apply(manager), domain, domains);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public Task heldOut() {
        if (heldOut == null) {
            heldOut = examined.of(domain, Part.VALIDATION, false);
        }
        return heldOut;
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public Map<String, Double> measures() {
        Map<String, Double> all = new LinkedHashMap<>(measures.get());
        all.putAll(super.measures());
        return all;
    }

    @Override
    public Optional<TextModel> texts() {
        return texts;
    }

    @Override
    public List<TestSet> testSets() {
        tested = domains.stream().map(one -> examined.of(one, Part.TEST, true)).toList();
        return List.copyOf(tested);
    }

    @Override
    public Map<String, List<String>> answers() {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        tested.stream().filter(one -> !one.answers().isEmpty()).forEach(one -> answers.put(one.name(), one.answers()));
        return answers;
    }

    @Override
    public TestSet validation() {
        return examined.of(domain, Part.VALIDATION, true);
    }
}
