package org.spdbook.experiment.commonsense;

import java.util.Arrays;
import java.util.List;
import org.spdbook.data.commonsense.CommonsenseForm;
import org.spdbook.data.commonsense.CommonsenseItem;
import org.spdbook.data.commonsense.CommonsensePrompt;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.TestSet;

/** Questions to be answered in words; an answer is right if the first label in it is the question's. Not thread-safe. */
final class QuestionSet implements TestSet {

    private final String name;
    private final AnsweringModel model;
    private final CommonsensePrompt prompt;
    private final List<CommonsenseItem> items;
    private List<String> answers = List.of();

    QuestionSet(String name, AnsweringModel model, CommonsensePrompt prompt, List<CommonsenseItem> items) {
        this.name = name;
        this.model = model;
        this.prompt = prompt;
        this.items = items;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int examples() {
        return items.size();
    }

    @Override
    public Outcomes outcomes() {
        answers = model.answers(items.stream().map(prompt::test).toList());
        long[] right = new long[items.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = isRight(answers.get(i), items.get(i)) ? 1 : 0;
        }
        long[] all = new long[right.length];
        Arrays.fill(all, 1);
        return Hits.of(right, all);
    }

    /** By the form of its answer, which all sets of that form share. */
    private static boolean isRight(String answer, CommonsenseItem item) {
        return CommonsenseForm.of(item.answer()).orElseThrow().sets().get(0).answerOfContinuation(answer).stream()
                .anyMatch(item.answer()::equals);
    }

    /** What the model last wrote about each, in order; empty before {@link #outcomes}. */
    List<String> answers() {
        return answers;
    }
}
