package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.spdbook.eval.TestSet;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.train.Task;

/** A world of small images in memory, for one domain and seed. Examples of a set are made when it is asked for. */
public final class OpenTwin implements OpenWorld {

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
    public interface Examined extends Task, TestSet {}

    /**
     * A model with what it is trained and tested on.
     *
     * @param parameters of the model; closed with the world
     * @param head names of the head's tensors
     * @param fresh names of those without pre-trained values
     * @param examined examples
     */
    public record Parts(Parameters parameters, Set<String> head, Set<String> fresh, Source examined) {}

    /** Gives examples. */
    @FunctionalInterface
    public interface Source {

        /** Examples of a part of a domain, augmented when they are trained on or not at all. */
        Examined of(String domain, Part part, boolean augmented);
    }

    private final NDManager manager;
    private final Parts parts;
    private final String domain;
    private final List<String> domains;
    private final Task task;
    private @Nullable Task heldOut;

    private OpenTwin(NDManager manager, Parts parts, String domain, List<String> domains) {
        this.manager = manager;
        this.parts = parts;
        this.domain = domain;
        this.domains = domains;
        this.task = parts.examined().of(domain, Part.TRAINING, true);
    }

    /**
     * Opens a world.
     *
     * @param parts makes the model
     * @param domain to train on
     * @param domains to test on
     * @return closed by the caller
     */
    public static OpenTwin of(Function<NDManager, Parts> parts, String domain, List<String> domains) {
        NDManager manager = Torch.newManager();
        try {
            return new OpenTwin(manager, parts.apply(manager), domain, domains);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public Task heldOut() {
        if (heldOut == null) {
            heldOut = parts.examined().of(domain, Part.VALIDATION, false);
        }
        return heldOut;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public Set<String> head() {
        return parts.head();
    }

    @Override
    public Set<String> fresh() {
        return parts.fresh();
    }

    @Override
    public Map<String, NDArray> weights() {
        return parts.parameters().asMap();
    }

    @Override
    public List<TestSet> testSets() {
        return domains.stream()
                .<TestSet>map(one -> parts.examined().of(one, Part.TEST, true))
                .toList();
    }

    @Override
    public TestSet validation() {
        return parts.examined().of(domain, Part.VALIDATION, true);
    }

    @Override
    public void close() {
        parts.parameters().close();
        manager.close();
    }
}
