package org.spdbook.experiment.vqa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spdbook.data.vqa.VqaSet;
import org.spdbook.data.vqa.VqaTraining;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.optim.OptionSpec;

/**
 * What can be set of the questions and of the model that answers them.
 *
 * @param all each with its value as default
 */
record VqaSettings(DiskSettings all) {

    private static final String WEIGHTS = "weights";
    private static final String DATA = "data";
    private static final String PROMPT = "prompt";
    private static final String NEW_TOKENS = "new-tokens";
    private static final String SETS = "sets";
    private static final String ALL = "all";

    private static final String NAME = "PaliGemma";
    private static final HubWeights USUAL = new HubWeights("google/paligemma-3b-pt-224", "bfloat16", NAME + "-3B");

    VqaSettings {
        double fraction = all.number(DiskSettings.FRACTION, 1);
        int tests = all.whole(DiskSettings.TESTS, 1);
        int steps = all.whole(DiskSettings.MOST_STEPS, 1);
        int tokens = all.whole(NEW_TOKENS, 0);
        if (!(fraction > 0 && fraction <= 1) || tests < 1 || steps < 1 || tokens < 1) {
            throw new IllegalArgumentException("questions are asked with a fraction above 0 and at most 1, tests,"
                    + " max-steps and new-tokens of at least 1, got fraction " + fraction + ", tests " + tests
                    + ", max-steps " + steps + ", new-tokens " + tokens);
        }
        HubWeights.of(all.word(WEIGHTS), USUAL, NAME);
        sets(all);
    }

    /** Those of a profile: in the pilot fewer questions and a limit of steps. */
    static VqaSettings of(Profile profile) {
        List<OptionSpec> options = new ArrayList<>();
        if (profile == Profile.PILOT) {
            options.add(OptionSpec.number(DiskSettings.FRACTION, .05, "share of the training questions"));
            options.add(OptionSpec.pattern(DiskSettings.TESTS, "500", "questions of each test set", List.of()));
            options.add(
                    OptionSpec.pattern(DiskSettings.MOST_STEPS, "300", "steps after which training ends", List.of()));
        }
        options.add(OptionSpec.pattern(
                WEIGHTS,
                HubWeights.USUAL,
                "repository on the hub or folder with the model; usual: PaliGemma-3B in bfloat16",
                List.of()));
        options.add(OptionSpec.choice(
                DATA,
                VqaTraining.TRAIN_AND_VAL.word(),
                "trained on: VQAv2's training set, or its validation set too, as published",
                VqaTraining.words()));
        options.add(OptionSpec.choice(
                PROMPT,
                VqaPrompt.ORIGINAL.word(),
                "tested with: Question: ... Answer:, as published, or the same as trained with",
                VqaPrompt.words()));
        options.add(OptionSpec.pattern(NEW_TOKENS, "100", "most tokens of an answer", List.of()));
        options.add(OptionSpec.pattern(SETS, ALL, "tested on: all, or some, such as vqav2 textvqa", List.of()));
        return new VqaSettings(new DiskSettings(options));
    }

    private static List<VqaSet> sets(DiskSettings all) {
        String asked = all.word(SETS).strip();
        if (asked.equals(ALL)) {
            return List.of(VqaSet.values());
        }
        List<VqaSet> named =
                Arrays.stream(asked.split("[\\s,]+")).map(VqaSet::of).toList();
        return Arrays.stream(VqaSet.values()).filter(named::contains).toList();
    }

    /** What is tested on, in the order of the paper. */
    List<VqaSet> sets() {
        return sets(all);
    }

    /** What is read: those tested on, and VQAv2's too where its validation set is trained on. */
    List<VqaSet> read() {
        boolean trained = data() == VqaTraining.TRAIN_AND_VAL;
        return Arrays.stream(VqaSet.values())
                .filter(set -> sets().contains(set) || trained && set == VqaSet.VQAV2)
                .toList();
    }

    /** Where the model is. */
    HubWeights weights() {
        return HubWeights.of(all.word(WEIGHTS), USUAL, NAME);
    }

    /** Whether it is the model of the paper. */
    boolean hasUsualWeights() {
        return weights().equals(USUAL);
    }

    /** What is trained on. */
    VqaTraining data() {
        return VqaTraining.of(all.word(DATA));
    }

    /** What is tested with. */
    VqaPrompt prompt() {
        return VqaPrompt.of(all.word(PROMPT));
    }

    /** Of an answer at most. */
    int newTokens() {
        return all.whole(NEW_TOKENS, 1);
    }
}
