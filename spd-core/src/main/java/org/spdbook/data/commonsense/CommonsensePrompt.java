package org.spdbook.data.commonsense;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The texts around a question, white space included, and the choice of the one for testing. The original code tests with another one than
 * it trains with: one space less at the end of the first line, and an empty line where a line of spaces was. Sources: {@code finetune.py}
 * since 6 April 2023 (before, a comment for a code checker stood in the first line too) and {@code commonsense_evaluate.py} of LLM-Adapters.
 */
public enum CommonsensePrompt {
    /** Tests with the prompt of the original's evaluation. */
    ORIGINAL,
    /** Tests with the prompt that was trained with. */
    SAME;

    /** What the response stands behind. */
    static final String RESPONSE = "### Response:";

    private static final String TASK =
            "Below is an instruction that describes a task. Write a response that appropriately completes the request.";
    private static final String INDENT = " ".repeat(16);

    /** The word for it, lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(CommonsensePrompt::word).toList();
    }

    /**
     * The choice of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static CommonsensePrompt of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "prompt " + word + " is not known; choose one of " + String.join(", ", words())));
    }

    /** What is trained on: the question and its output. */
    public static String training(CommonsenseItem item) {
        return text("  ", INDENT, item.instruction(), item.output());
    }

    /** What is trained on, up to where the output begins. */
    public static String question(CommonsenseItem item) {
        return text("  ", INDENT, item.instruction(), "");
    }

    /** What a model is to go on with when it is tested; it ends with a line of spaces. */
    public String test(CommonsenseItem item) {
        return this == SAME ? question(item) : text(" ", "", item.instruction(), "");
    }

    /** Lines of an instruction after its first one are not indented. */
    private static String text(String taskEnd, String separator, String instruction, String output) {
        return TASK + taskEnd + "\n\n" + INDENT + "### Instruction:\n" + INDENT + instruction + "\n" + separator + "\n"
                + INDENT + RESPONSE + "\n" + INDENT + output;
    }

    /**
     * The response in a text: what is between the first {@code ### Response:} and the second one or the end, without white space around it.
     *
     * @param text a prompt with what a model wrote behind it
     * @throws IllegalArgumentException if there is none
     */
    public static String response(String text) {
        int first = text.indexOf(RESPONSE);
        if (first < 0) {
            throw new IllegalArgumentException("a response is looked for behind \"" + RESPONSE
                    + "\", which is not in the text \"" + shortened(text)
                    + "\"; give the prompt with what was generated behind it");
        }
        int begin = first + RESPONSE.length();
        int second = text.indexOf(RESPONSE, begin);
        return text.substring(begin, second < 0 ? text.length() : second).strip();
    }

    /** At most the first 40 characters. */
    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
