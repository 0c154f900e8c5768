package org.spdbook.experiment.commonsense;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spdbook.data.commonsense.CommonsenseItem;
import org.spdbook.eval.TestSet;
import org.spdbook.experiment.OpenModel;
import org.spdbook.experiment.TextModel;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.train.Task;

/** LLaMA with questions, for one seed. */
final class OpenCommonsense extends OpenModel {

    /** Name of the measure: mean loss on the validation questions, by which the original keeps a checkpoint. */
    static final String VALIDATION_LOSS = "validation loss";

    /** Validation questions at once, as in the original. */
    private static final int VALIDATED_AT_ONCE = 8;

    private static final int EXAMPLES = 3;

    private final AnsweringModel model;
    private final List<CommonsenseItem> validation;
    private final Task task;
    private final QuestionSet validationSet;
    private final List<QuestionSet> tests;
    private final Set<String> skipped;
    private final TextModel texts;

    /**
     * What is asked.
     *
     * @param training questions trained on
     * @param validation others of the training file
     * @param tests by name, in the order of the world
     */
    record Questions(
            List<CommonsenseItem> training,
            List<CommonsenseItem> validation,
            Map<String, List<CommonsenseItem>> tests) {

        Questions {
            tests = new LinkedHashMap<>(tests);
        }
    }

    /**
     * An open world.
     *
     * @param manager closed with it
     * @param model closed with it
     */
    OpenCommonsense(NDManager manager, AnsweringModel model, Questions questions, QuestionSettings settings) {
        super(manager, new Parts(model.parameters(), Set.of(), Set.of()));
        this.model = model;
        this.validation = usable(questions.validation, settings);
        List<CommonsenseItem> training = usable(questions.training, settings);
        int left = questions.training.size() - training.size();
        this.skipped = left == 0
                ? Set.of()
                : Set.of(left + " of " + questions.training.size()
                        + " training questions are so long that nothing of their answer is left");
        this.task = new QuestionTask(model, training, true);
        this.validationSet = new QuestionSet("validation", model, settings.prompt(), questions.validation);
        this.tests = questions.tests.entrySet().stream()
                .map(set -> new QuestionSet(set.getKey(), model, settings.prompt(), set.getValue()))
                .toList();
        List<CommonsenseItem> examples = questions.tests.values().stream()
                .filter(set -> !set.isEmpty())
                .map(set -> set.get(0))
                .limit(EXAMPLES)
                .toList();
        this.texts = new QuestionTexts(model, settings.prompt(), examples, settings.newTokens());
    }

    /** Those of which something is trained on: all where questions are. */
    private List<CommonsenseItem> usable(List<CommonsenseItem> items, QuestionSettings settings) {
        return settings.trainsOnInputs()
                ? items
                : items.stream().filter(model::hasAnswer).toList();
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public List<TestSet> testSets() {
        return List.copyOf(tests);
    }

    @Override
    public TestSet validation() {
        return validationSet;
    }

    @Override
    public Task heldOut() {
        return new QuestionTask(model, validation, false);
    }

    @Override
    public Map<String, List<String>> answers() {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        tests.forEach(set -> answers.put(set.name(), set.answers()));
        return answers;
    }

    @Override
    public Optional<TextModel> texts() {
        return Optional.of(texts);
    }

    /** What adapters tell of themselves, and the loss on the validation questions, in nats per token. */
    @Override
    public Map<String, Double> measures() {
        Map<String, Double> measures = new LinkedHashMap<>(super.measures());
        if (!validation.isEmpty()) {
            measures.put(VALIDATION_LOSS, validationLoss());
        }
        return measures;
    }

    /** The mean of batches' means, weighted by their questions, as the original's trainer has it. */
    private double validationLoss() {
        double sum = 0;
        for (int from = 0; from < validation.size(); from += VALIDATED_AT_ONCE) {
            List<CommonsenseItem> some =
                    validation.subList(from, Math.min(validation.size(), from + VALIDATED_AT_ONCE));
            sum += some.size()
                    * Autograd.withoutRecording(() ->
                            Scope.compute(() -> (double) model.loss(some, false).toFloatArray()[0]));
        }
        return sum / validation.size();
    }

    @Override
    public Set<String> skipped() {
        return skipped;
    }

    @Override
    public void close() {
        model.close();
        super.close();
    }
}
