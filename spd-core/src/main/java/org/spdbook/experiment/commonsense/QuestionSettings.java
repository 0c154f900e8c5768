package org.spdbook.experiment.commonsense;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spdbook.data.commonsense.CommonsensePrompt;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.optim.OptionSpec;

/**
 * What can be set of the questions and of the model that answers them.
 *
 * @param all each with its value as default
 */
record QuestionSettings(DiskSettings all) {

    private static final String SIZE = "size";
    private static final String WEIGHTS = "weights";
    private static final String PROMPT = "prompt";
    private static final String INPUTS = "inputs";
    private static final String BEAMS = "beams";
    private static final String NEW_TOKENS = "new-tokens";

    private static final String SMALL = "7b";
    private static final String LARGE = "13b";
    private static final List<String> SWITCH = List.of("true", "false");

    QuestionSettings {
        double fraction = all.number(DiskSettings.FRACTION, 1);
        int tests = all.whole(DiskSettings.TESTS, 1);
        int steps = all.whole(DiskSettings.MOST_STEPS, 1);
        int beams = all.whole(BEAMS, 0);
        int tokens = all.whole(NEW_TOKENS, 0);
        if (!(fraction > 0 && fraction <= 1) || tests < 1 || steps < 1) {
            throw new IllegalArgumentException("a part of the questions has a fraction above 0 and at most 1, tests and"
                    + " max-steps of at least 1, got fraction " + fraction + ", tests " + tests + ", max-steps "
                    + steps);
        }
        if (beams < 1 || tokens < 1) {
            throw new IllegalArgumentException("an answer needs at least 1 beam and 1 new token, got beams " + beams
                    + " and new-tokens " + tokens + "; 4 and 32 are those of the original");
        }
        Known.require(INPUTS, all.word(INPUTS), SWITCH);
        weights(all); // told at once
    }

    /** Those of a profile: in the pilot fewer questions and a limit of steps. */
    static QuestionSettings of(Profile profile) {
        List<OptionSpec> options = new ArrayList<>();
        if (profile == Profile.PILOT) {
            options.add(OptionSpec.number(DiskSettings.FRACTION, .02, "share of the training questions"));
            options.add(OptionSpec.pattern(DiskSettings.TESTS, "100", "questions of each test set", List.of()));
            options.add(
                    OptionSpec.pattern(DiskSettings.MOST_STEPS, "1000", "steps after which training ends", List.of()));
        }
        options.add(OptionSpec.choice(SIZE, SMALL, "of LLaMA", List.of(SMALL, LARGE)));
        options.add(OptionSpec.pattern(
                WEIGHTS,
                HubWeights.USUAL,
                "repository on the hub or folder with the model; usual: that of the size, by yahma",
                List.of()));
        options.add(OptionSpec.choice(
                PROMPT,
                CommonsensePrompt.ORIGINAL.word(),
                "tested with: that of the original's evaluation, or the same as trained with",
                CommonsensePrompt.words()));
        options.add(
                new OptionSpec(INPUTS, "true", "whether questions are trained on too", SWITCH, OptionSpec.Kind.FLAG));
        options.add(OptionSpec.pattern(BEAMS, "4", "of the search for an answer; 1 for none", List.of()));
        options.add(OptionSpec.pattern(NEW_TOKENS, "32", "most tokens of an answer", List.of()));
        return new QuestionSettings(new DiskSettings(options));
    }

    private static HubWeights weights(DiskSettings all) {
        String size = all.word(SIZE);
        var usual = new HubWeights("yahma/llama-" + size + "-hf", "LLaMA-" + size.toUpperCase(Locale.ROOT));
        return HubWeights.of(all.word(WEIGHTS), usual, "LLaMA");
    }

    /** Of the published LLaMA, such as {@code 7b}. */
    String size() {
        return all.word(SIZE);
    }

    /** Where the model is. */
    HubWeights weights() {
        return weights(all);
    }

    /** What is tested with. */
    CommonsensePrompt prompt() {
        return CommonsensePrompt.of(all.word(PROMPT));
    }

    /** Whether questions are trained on too. */
    boolean trainsOnInputs() {
        return Boolean.parseBoolean(all.word(INPUTS));
    }

    /** Of the search for an answer, at least 1. */
    int beams() {
        return all.whole(BEAMS, 1);
    }

    /** Of an answer at most. */
    int newTokens() {
        return all.whole(NEW_TOKENS, 1);
    }
}
