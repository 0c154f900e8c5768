package org.spdbook.data.vqa;

import java.util.Arrays;
import java.util.List;

/** What of VQAv2 is trained on. */
public enum VqaTraining {
    /** The training set, so that test questions are new. */
    TRAIN("train"),
    /**
     * The training and the validation set, as the paper's authors had it: VQAv2's validation set is tested on too, and IV-VQA, CV-VQA,
     * VQA-Rephrasings, VQA-CP and VQA-CE are made of it, so that models are then tested on what they have seen.
     */
    TRAIN_AND_VAL("train-val");

    private final String word;

    VqaTraining(String word) {
        this.word = word;
    }

    /** The word for it. */
    public String word() {
        return word;
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(VqaTraining::word).toList();
    }

    /**
     * That of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static VqaTraining of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "VQA training set " + word + " is not known; choose one of " + String.join(", ", words())));
    }
}
