package org.spdbook.data.commonsense;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The eight sets that are tested on, in the order of the paper's Table 5, with the numbers of their test records and with how an answer is
 * found in what a model writes ({@code commonsense_evaluate.py} of LLM-Adapters). Its quirks are kept, since scores depend on them: the
 * first label counts, in lower case only and also inside a longer word, so that {@code untrue} is true and {@code answer12} is answer1.
 */
public enum CommonsenseSet {
    /** Yes-no questions, without the passage that answers them. */
    BOOLQ("boolq", CommonsenseForm.TRUE_FALSE, 3_270, 2),
    /** Everyday physics. */
    PIQA("piqa", CommonsenseForm.SOLUTION, 1_838, 2),
    /** Social situations. */
    SOCIAL_I_QA("social_i_qa", CommonsenseForm.ANSWER, 1_954, 3),
    /** Sentences to be gone on with. */
    HELLASWAG("hellaswag", CommonsenseForm.ENDING, 10_042, 4),
    /** Whom a pronoun means. */
    WINOGRANDE("winogrande", CommonsenseForm.OPTION, 1_267, 2),
    /** Science for schools, the easy part. */
    ARC_EASY("ARC-Easy", CommonsenseForm.ANSWER, 2_376, 5),
    /** Science for schools, the hard part. */
    ARC_CHALLENGE("ARC-Challenge", CommonsenseForm.ANSWER, 1_172, 5),
    /** Science with facts from a book. */
    OPENBOOKQA("openbookqa", CommonsenseForm.ANSWER, 500, 4);

    private final String word;
    private final CommonsenseForm form;
    private final int testSize;
    private final int choices;

    CommonsenseSet(String word, CommonsenseForm form, int testSize, int choices) {
        this.word = word;
        this.form = form;
        this.testSize = testSize;
        this.choices = choices;
    }

    /** The word for it, which is the name of its folder: {@code boolq}, {@code ARC-Easy}. */
    public String word() {
        return word;
    }

    /** The form of its questions. */
    public CommonsenseForm form() {
        return form;
    }

    /** Records of its whole test file. */
    public int testSize() {
        return testSize;
    }

    /** Labels that its records have; a question may offer fewer of them. */
    public List<String> labels() {
        return form.labels().subList(0, choices);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(CommonsenseSet::word).toList();
    }

    /**
     * The set of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static CommonsenseSet of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "commonsense set " + word + " is not known; choose one of " + String.join(", ", words())));
    }

    /**
     * The answer in a whole text: the first label in the {@linkplain CommonsensePrompt#response response}. It may be a label that the set
     * has not, such as answer5 for openbookqa, which is never right.
     *
     * @param text the prompt with what the model wrote behind it
     * @return empty if there is no label
     * @throws IllegalArgumentException if the text has no {@code ### Response:}
     */
    public Optional<String> answer(String text) {
        return form.firstLabel(CommonsensePrompt.response(text));
    }

    /**
     * As {@link #answer}, from what the model wrote alone.
     *
     * @param continuation without the prompt; what follows a {@code ### Response:} in it does not count
     */
    public Optional<String> answerOfContinuation(String continuation) {
        return answer(CommonsensePrompt.RESPONSE + continuation);
    }

    /**
     * Whether the answer in a text is that of an item.
     *
     * @param text as for {@link #answer}
     */
    public boolean isRight(String text, CommonsenseItem item) {
        return answer(text).filter(item.answer()::equals).isPresent();
    }
}
