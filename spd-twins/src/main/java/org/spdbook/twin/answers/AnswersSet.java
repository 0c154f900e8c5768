package org.spdbook.twin.answers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.spdbook.experiment.Known;

/**
 * What is tested on, in the order of the paper's Table 6, 200 questions each: those of the fine-tuning's kind, six sets near to it and three far from
 * it. {@code TS} in {@code reference/language/ft_f2.py}.
 */
enum AnswersSet {
    /** Other questions of the fine-tuning's kind. */
    VQAV2(50, Sampling.BIASED, Distance.NONE, "of the fine-tuning's kind"),
    /** A thing that does not matter is taken from the picture. */
    IV_VQA(
            51,
            Sampling.BIASED
                    .about(Topic.COLOUR, Topic.SHAPE, Topic.POSITION, Topic.COUNT)
                    .edited(Edit.UNRELATED),
            Distance.NEAR,
            "a thing that does not matter is taken from the picture"),
    /** One of the things that are counted is taken from the picture. */
    CV_VQA(
            52,
            Sampling.BIASED.about(Topic.COUNT).edited(Edit.COUNTED),
            Distance.NEAR,
            "one of the things that are counted is taken from the picture"),
    /** Other wordings. */
    REPHRASINGS(53, Sampling.BIASED.worded(List.of(1, 2, 3), Manner.TUNED), Distance.NEAR, "asked in other words"),
    /** Shapes have other colours of their own, and four fifths of what is asked for is not there. */
    VQA_CP(54, Sampling.EVEN.with(Prior.CHANGED, .2), Distance.NEAR, "shapes have other colours most often"),
    /** The words alone tell something wrong. */
    VQA_CE(
            55,
            Sampling.EVEN.with(Prior.NONE, .2).withCounterexamples(),
            Distance.NEAR,
            "the answer is not the one that the words suggest"),
    /** What another model answers wrong. */
    ADVQA(56, Sampling.EVEN, Distance.NEAR, "a model with a probed head is wrong on them"),
    /** A digit is to be read. */
    TEXTVQA(57, Sampling.EVEN.about(Topic.TEXT), Distance.FAR, "a digit is to be read"),
    /** Dim pictures, blurred and noisy. */
    VIZWIZ(58, Sampling.EVEN.of(Scene.SOME, 2), Distance.FAR, "dim, blurred and noisy pictures"),
    /** Something of the world has the colour that is asked for. */
    OK_VQA(59, Sampling.EVEN.about(Topic.KNOWLEDGE), Distance.FAR, "what the world knows of a colour");

    /** Questions of a set. */
    static final int SIZE = 200;

    /** Questions among which those of {@link #ADVQA} are sought. */
    static final int CANDIDATES = 1600;

    /** How far from the fine-tuning. */
    enum Distance {
        NONE,
        NEAR,
        FAR
    }

    private final long seed;
    private final Sampling sampling;
    private final Distance distance;
    private final String about;

    AnswersSet(long seed, Sampling sampling, Distance distance, String about) {
        this.seed = seed;
        this.sampling = sampling;
        this.distance = distance;
        this.about = about;
    }

    /** The word for it: {@code iv-vqa}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is, in some words. */
    String about() {
        return about;
    }

    /** All words. */
    static List<String> words() {
        return Arrays.stream(values()).map(AnswersSet::word).toList();
    }

    /** The words of the sets at a distance. */
    static List<String> words(Distance distance) {
        return Arrays.stream(values())
                .filter(set -> set.distance == distance)
                .map(AnswersSet::word)
                .toList();
    }

    /**
     * The set of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    static AnswersSet of(String word) {
        Known.require("test set", word, words());
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Its questions; of {@link #ADVQA} all {@link #CANDIDATES}. */
    List<Item> items() {
        return sampling.items(seed, this == ADVQA ? CANDIDATES : SIZE);
    }

    /** 256 questions to train on, a fifth of them with a wrong answer; those of a run's seed. */
    static List<Item> training(long seed) {
        return Sampling.BIASED.withWrong(.2).items(100 + seed, 256);
    }

    /** 300 questions by which a setting is chosen, as many of them with a wrong answer; those of a run's seed. */
    static List<Item> validation(long seed) {
        return Sampling.BIASED.withWrong(.2).items(200 + seed, 300);
    }
}
