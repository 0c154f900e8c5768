package org.spdbook.twin.facts;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.spdbook.eval.Hits;
import org.spdbook.optim.Target;
import org.spdbook.train.Seeds;
import org.spdbook.twin.OpenTwin;

/** Questions to train on or to test on: the loss is that of the answer among all words, the test is which option is most likely. Owns nothing. */
final class FactsQuestions implements OpenTwin.Examined {

    private final String name;
    private final FactsModel model;
    private final List<long[]> prompts;
    private final List<long[]> options;
    private final long[] answers;

    FactsQuestions(String name, FactsModel model, List<Question> questions) {
        Vocabulary vocabulary = model.vocabulary();
        this.name = name;
        this.model = model;
        this.prompts = questions.stream()
                .map(question -> vocabulary.encodeFromBegin(question.prompt()))
                .toList();
        this.options = questions.stream()
                .map(question ->
                        question.options().stream().mapToLong(vocabulary::id).toArray())
                .toList();
        this.answers = questions.stream()
                .mapToLong(question -> vocabulary.id(question.answer()))
                .toArray();
    }

    @Override
    public List<Target> targets() {
        return Target.all(model.llama().parameters().asMap());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int examples() {
        return answers.length;
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        return model.loss(
                Arrays.stream(batch).mapToObj(prompts::get).toList(),
                Arrays.stream(batch).mapToLong(i -> answers[i]).toArray());
    }

    @Override
    public Hits outcomes() {
        return Hits.of(model.choices(prompts, options), answers);
    }
}
