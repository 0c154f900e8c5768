package org.spdbook.experiment.commonsense;

import java.util.List;
import org.spdbook.data.commonsense.CommonsenseItem;
import org.spdbook.data.commonsense.CommonsensePrompt;
import org.spdbook.experiment.TextModel;
import org.spdbook.model.CausalModel;

/**
 * What LLaMA reads and writes: texts as they are, whatever the prompt of the experiment; the examples have that prompt.
 *
 * @param answering the model
 * @param prompt of the examples
 * @param questions the examples
 * @param tokens of an answer at most
 */
record QuestionTexts(AnsweringModel answering, CommonsensePrompt prompt, List<CommonsenseItem> questions, int tokens)
        implements TextModel {

    @Override
    public CausalModel model() {
        return answering.model();
    }

    @Override
    public long[] encode(String text) {
        return answering.encode(text);
    }

    @Override
    public String decode(long[] ids) {
        return answering.decode(ids);
    }

    @Override
    public int usualTokens() {
        return tokens;
    }

    @Override
    public List<Example> examples() {
        return questions.stream()
                .map(item -> new Example(prompt.test(item), item.output(), tokens))
                .toList();
    }
}
