package org.spdbook.twin.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.spdbook.experiment.TextModel;
import org.spdbook.model.CausalModel;

/**
 * What the world's model reads and writes. A text may be typed as people do, with capitals and with marks that no space keeps apart.
 *
 * @param facts the model
 * @param questions what it can be asked, none of them trained on
 */
record FactsTexts(FactsModel facts, Supplier<List<Question>> questions) implements TextModel {

    private static final Pattern MARK = Pattern.compile("\\.\\.\\.|[.,:?/]");
    private static final int EXAMPLES = 3;

    @Override
    public CausalModel model() {
        return facts.llama();
    }

    @Override
    public long[] encode(String text) {
        String spaced = MARK.matcher(text).replaceAll(" $0 ").strip().replaceAll("\\s+", " ");
        return facts.vocabulary().encodeFromBegin(spaced.toLowerCase(Locale.ROOT));
    }

    @Override
    public String decode(long[] ids) {
        return facts.vocabulary()
                .decode(Arrays.stream(ids).filter(id -> id > Vocabulary.END).toArray());
    }

    @Override
    public int usualTokens() {
        return 8;
    }

    @Override
    public List<Example> examples() {
        List<Question> all = questions.get();
        return IntStream.range(0, EXAMPLES)
                .mapToObj(i -> all.get(i * all.size() / EXAMPLES))
                .map(question -> new Example(question.prompt(), question.answer(), 1))
                .toList();
    }
}
