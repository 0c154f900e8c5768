package org.spdbook.data.vqa;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The ten sets that are tested on, in the order of the paper's Table 6. */
public enum VqaSet {
    /** Trained on; its validation set is tested on. */
    VQAV2("vqav2", "vqav2", "coco", Group.ID, 214_354),
    /** An object that is not asked about is taken out of the picture. */
    IV_VQA("iv-vqa", "iv-vqa", "iv-vqa", Group.NEAR, 0),
    /** One of the objects that are counted is taken out of the picture. */
    CV_VQA("cv-vqa", "cv-vqa", "cv-vqa", Group.NEAR, 0),
    /** Questions in other words, with the original ones. */
    REPHRASINGS("rephrasings", "vqa_rephrasings", "coco", Group.NEAR, 0),
    /** VQA-CP v2: other answers are frequent than in training. */
    VQA_CP("vqa-cp", "vqa_cp", "coco", Group.NEAR, 0),
    /** Questions of VQAv2 that shortcuts answer wrongly. */
    VQA_CE("vqa-ce", "vqa_ce", "coco", Group.NEAR, 63_298),
    /** Questions that people made to mislead a model. */
    ADVQA("advqa", "advqa", "coco", Group.NEAR, 10_000),
    /** Text in pictures. */
    TEXTVQA("textvqa", "textvqa", "textvqa", Group.FAR, 5_000),
    /** Pictures and questions of blind people. */
    VIZWIZ("vizwiz", "vizwiz", "vizwiz", Group.FAR, 4_319),
    /** Questions that need knowledge. */
    OK_VQA("ok-vqa", "ok-vqa", "coco", Group.FAR, 5_046);

    /** How far from what is trained on. */
    public enum Group {
        /** The distribution that is trained on. */
        ID,
        /** VQAv2 with a shift of pictures, questions or answers. */
        NEAR,
        /** Other pictures and questions. */
        FAR
    }

    /** Questions of VQAv2's training set. */
    public static final int TRAINING_SIZE = 443_757;

    private final String word;
    private final String folder;
    private final String pictures;
    private final Group group;
    private final int testSize;

    VqaSet(String word, String folder, String pictures, Group group, int testSize) {
        this.word = word;
        this.folder = folder;
        this.pictures = pictures;
        this.group = group;
        this.testSize = testSize;
    }

    /** The word for it. */
    public String word() {
        return word;
    }

    /** The name of its folder of lists in FRAMES-VQA. */
    public String folder() {
        return folder;
    }

    /** The name of its folder of pictures in FRAMES-VQA. */
    public String pictures() {
        return pictures;
    }

    /** How far it is from what is trained on. */
    public Group group() {
        return group;
    }

    /**
     * Questions that are tested on as published: on visualqa.org for VQAv2, on the data cards of HuggingFaceM4 (AdVQA, OK-VQA) and lmms-lab
     * (VizWiz), in descriptions by others of TextVQA and of VQA-CE; empty where no such number was found.
     */
    public OptionalInt testSize() {
        return testSize == 0 ? OptionalInt.empty() : OptionalInt.of(testSize);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(VqaSet::word).toList();
    }

    /**
     * The set of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static VqaSet of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "VQA set " + word + " is not known; choose one of " + String.join(", ", words())));
    }
}
