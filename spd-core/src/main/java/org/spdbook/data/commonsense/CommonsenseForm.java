package org.spdbook.data.commonsense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The five forms of question. Each has labels of its own, so an answer tells the form; four of the eight sets share {@link #ANSWER} and
 * cannot be told apart in the training file. Source: {@code commonsense_evaluate.py} and the data of LLM-Adapters (Hu et al., EMNLP 2023);
 * numbers of training records in paper.md 5.4.
 */
public enum CommonsenseForm {
    /** Yes or no: boolq. */
    TRUE_FALSE("Please answer the following question with true or false, question:", 9_427, List.of("true", "false")),
    /** Two ways to do a thing: piqa. */
    SOLUTION("Please choose the correct solution to the question:", 16_113, numbered("solution", 2)),
    /** Three to five answers: social_i_qa with 33,410 of the training records, ARC-Easy 2,251, ARC-Challenge 1,119, openbookqa 4,957. */
    ANSWER("Please choose the correct answer to the question:", 41_737, numbered("answer", 5)),
    /** Four ways to go on: hellaswag. */
    ENDING("Please choose the correct ending to complete the given sentence:", 39_905, numbered("ending", 4)),
    /** Two words for a blank: winogrande. */
    OPTION(
            "Please choose the correct answer to fill in the blank to complete the given sentence:",
            63_238,
            numbered("option", 2));

    private final String beginning;
    private final int trainingSize;
    private final List<String> labels;
    private final Pattern pattern;

    CommonsenseForm(String beginning, int trainingSize, List<String> labels) {
        this.beginning = beginning;
        this.trainingSize = trainingSize;
        this.labels = labels;
        this.pattern = Pattern.compile(String.join("|", labels));
    }

    private static List<String> numbered(String word, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> word + i).toList();
    }

    /** How instructions of this form begin. */
    public String beginning() {
        return beginning;
    }

    /** Records of the whole training file that have this form. */
    public int trainingSize() {
        return trainingSize;
    }

    /** All labels, in order. */
    public List<String> labels() {
        return labels;
    }

    /** The sets whose questions have this form. */
    public List<CommonsenseSet> sets() {
        return Arrays.stream(CommonsenseSet.values())
                .filter(set -> set.form() == this)
                .toList();
    }

    /** The form that has a label. */
    public static Optional<CommonsenseForm> of(String answer) {
        return Arrays.stream(values())
                .filter(form -> form.labels.contains(answer))
                .findFirst();
    }

    /** The labels of all forms. */
    static List<String> allLabels() {
        List<String> all = new ArrayList<>();
        Arrays.stream(values()).forEach(form -> all.addAll(form.labels));
        return List.copyOf(all);
    }

    /** The first label in a text, wherever it stands, in lower case only. */
    Optional<String> firstLabel(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
