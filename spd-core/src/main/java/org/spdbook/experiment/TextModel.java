package org.spdbook.experiment;

import java.util.List;
import org.spdbook.model.CausalModel;

/** A language model with the texts that it reads and writes. Belongs to an open world and is used by its thread. */
public interface TextModel {

    /** The model, with its adapters if there are any. */
    CausalModel model();

    /**
     * The ids of a prompt, with the one that begins a text where the model knows one.
     *
     * @param text as typed
     * @return at least one id
     * @throws IllegalArgumentException if the model cannot read it, in one sentence
     */
    long[] encode(String text);

    /** The text of ids that the model wrote, without marks such as the end of a text. */
    String decode(long[] ids);

    /** How many tokens are written at most when nothing is said. */
    int usualTokens();

    /** How many tokens prompt and answer may have together. */
    default int longest() {
        return Integer.MAX_VALUE;
    }

    /** Prompts to try, whose answers are known: the same ones each time, none of them trained on. */
    List<Example> examples();

    /**
     * A prompt with its answer.
     *
     * @param prompt all that the model reads
     * @param answer what is right
     * @param tokens how many the answer has at most
     */
    record Example(String prompt, String answer, int tokens) {}
}
