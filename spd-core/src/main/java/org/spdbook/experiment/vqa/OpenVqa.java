package org.spdbook.experiment.vqa;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.spdbook.data.vqa.VqaItem;
import org.spdbook.eval.TestSet;
import org.spdbook.experiment.OpenModel;
import org.spdbook.experiment.disk.Skipped;
import org.spdbook.train.Task;

/** PaliGemma with questions about pictures, for one seed. */
final class OpenVqa extends OpenModel {

    private final SeeingModel model;
    private final Questions questions;
    private final Skipped skipped = new Skipped();
    private final Task task;
    private final List<VqaTestSet> tests;

    /**
     * What is asked.
     *
     * @param training questions trained on
     * @param validation others of VQAv2's training set
     * @param tests by name, in the order of the world
     * @param leftOut a sentence for each kind of question that the files have but that cannot be asked
     */
    record Questions(
            List<VqaItem> training, List<VqaItem> validation, Map<String, List<VqaItem>> tests, List<String> leftOut) {

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
    OpenVqa(NDManager manager, SeeingModel model, Questions questions) {
        super(manager, new Parts(model.parameters(), Set.of(SeeingModel.HEAD), Set.of()));
        this.model = model;
        this.questions = questions;
        this.task = task(questions.training, true);
        this.tests = questions.tests.entrySet().stream()
                .map(set -> tested(set.getKey(), set.getValue()))
                .toList();
    }

    private VqaTask task(List<VqaItem> items, boolean training) {
        return new VqaTask(model, new AskedSource(items, model.form()), skipped, training);
    }

    private VqaTestSet tested(String name, List<VqaItem> items) {
        return new VqaTestSet(name, model, new AskedSource(items, model.form()), skipped);
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
        return tested("validation", questions.validation);
    }

    @Override
    public Task heldOut() {
        return task(questions.validation, false);
    }

    @Override
    public Map<String, List<String>> answers() {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        tests.forEach(set -> answers.put(set.name(), set.answers()));
        return answers;
    }

    /** What adapters tell of themselves, and the accuracy by type of the answer of each set that has types, in percent: {@code vqav2 yes/no}. */
    @Override
    public Map<String, Double> measures() {
        Map<String, Double> measures = new LinkedHashMap<>(super.measures());
        tests.forEach(set -> set.byType().forEach((type, percent) -> measures.put(set.name() + " " + type, percent)));
        return measures;
    }

    @Override
    public Set<String> skipped() {
        Set<String> all = new TreeSet<>(skipped.all());
        all.addAll(questions.leftOut);
        return all;
    }

    @Override
    public void close() {
        model.close();
        super.close();
    }
}
