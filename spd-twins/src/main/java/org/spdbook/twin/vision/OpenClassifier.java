package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.spdbook.eval.TestSet;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.torch.Torch;
import org.spdbook.train.Task;

/** A world of small images in memory, for one domain and seed. Examples of a set are made when it is asked for. */
public final class OpenClassifier implements OpenWorld {

    /** Which examples of a domain. */
    public enum Part {
        TRAINING,
        VALIDATION,
        TEST
    }

    private final NDManager manager;
    private final Classifier classifier;
    private final String domain;
    private final List<String> domains;
    private final BiFunction<String, Part, Examples> examples;
    private final ShiftAugmentation augmentation;
    private final Task task;
    private @Nullable Task heldOut;

    private OpenClassifier(
            NDManager manager,
            Classifier classifier,
            String domain,
            List<String> domains,
            BiFunction<String, Part, Examples> examples,
            ShiftAugmentation augmentation) {
        this.manager = manager;
        this.classifier = classifier;
        this.domain = domain;
        this.domains = domains;
        this.examples = examples;
        this.augmentation = augmentation;
        this.task = classification(domain, Part.TRAINING);
    }

    /**
     * Opens a world.
     *
     * @param pretrained makes the classifier
     * @param domain to train on
     * @param domains to test on
     * @param examples of a domain
     * @return closed by the caller
     */
    public static OpenClassifier of(
            Function<NDManager, Classifier> pretrained,
            String domain,
            List<String> domains,
            BiFunction<String, Part, Examples> examples,
            ShiftAugmentation augmentation) {
        NDManager manager = Torch.newManager();
        try {
            return new OpenClassifier(manager, pretrained.apply(manager), domain, domains, examples, augmentation);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private Classification classification(String of, Part part) {
        return new Classification(of, classifier, manager, examples.apply(of, part), augmentation);
    }

    @Override
    public Task heldOut() {
        if (heldOut == null) {
            heldOut = new Classification(
                    domain, classifier, manager, examples.apply(domain, Part.VALIDATION), ShiftAugmentation.NONE);
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
        return Set.of(Classifier.HEAD);
    }

    @Override
    public Map<String, NDArray> weights() {
        return classifier.parameters().asMap();
    }

    @Override
    public List<TestSet> testSets() {
        return domains.stream()
                .<TestSet>map(one -> classification(one, Part.TEST))
                .toList();
    }

    @Override
    public TestSet validation() {
        return classification(domain, Part.VALIDATION);
    }

    @Override
    public void close() {
        classifier.close();
        manager.close();
    }
}
