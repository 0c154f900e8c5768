package org.spdbook.data.vqa;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names of the files of a set. Those of FRAMES-VQA are in its {@code configs/datasets/vqa}; those of {@code AgarwalVedika/CausalVQA}
 * (IV-VQA, CV-VQA) are what its programs write; ids of VQA-CE are what {@code cdancette/detect-shortcuts} publishes.
 *
 * @param name what it holds
 * @param frames of FRAMES-VQA, the first that is there counts
 * @param types annotations beside it that tell answer types
 * @param form how the published files are read
 * @param questions the published file of questions
 * @param list name of the list in it
 * @param annotations the published file of answers, empty if it is the same
 * @param ids the published file of ids, empty if all questions count
 * @param pictures folders of pictures, the first that is there counts
 * @param source where the published files are
 */
record VqaLayout(
        String name,
        List<String> frames,
        List<String> types,
        VqaSource.Form form,
        String questions,
        String list,
        String annotations,
        String ids,
        List<String> pictures,
        String source) {

    private static final String VISUAL_QA = "https://visualqa.org/download.html";
    private static final String CAUSAL_VQA = "https://github.com/AgarwalVedika/CausalVQA";
    private static final String VAL_QUESTIONS = "v2_OpenEnded_mscoco_val2014_questions.json";
    private static final String VAL_ANNOTATIONS = "v2_mscoco_val2014_annotations.json";
    private static final List<String> VAL = List.of("val2014");

    /** The training set of VQAv2. */
    static final VqaLayout TRAINING = coco(
                    "vqa_train.json",
                    "v2_OpenEnded_mscoco_train2014_questions.json",
                    "v2_mscoco_train2014_annotations.json",
                    List.of("train2014"),
                    VISUAL_QA)
            .named("training questions");

    /** What is tested on. */
    static VqaLayout of(VqaSet set) {
        return switch (set) {
            case VQAV2 ->
                coco("vqa_val_eval.json", VAL_QUESTIONS, VAL_ANNOTATIONS, VAL, VISUAL_QA)
                        .or(List.of("vqa_val_eval.json", "vqa_val.json"), List.of(VAL_ANNOTATIONS));
            case IV_VQA, CV_VQA -> coco("combined_data.json", VAL_QUESTIONS, VAL_ANNOTATIONS, VAL, CAUSAL_VQA);
            case REPHRASINGS ->
                coco(
                        "combined_data.json",
                        "v2_OpenEnded_mscoco_valrep2014_humans_og_questions.json",
                        "v2_mscoco_valrep2014_humans_og_annotations.json",
                        VAL,
                        "https://facebookresearch.github.io/VQA-Rephrasings");
            case VQA_CP ->
                coco(
                                "combined_data.json",
                                "vqacp_v2_test_questions.json",
                                "vqacp_v2_test_annotations.json",
                                List.of("val2014", "train2014"),
                                "https://computing.ece.vt.edu/~aish/vqacp")
                        .or(
                                List.of("combined_data.json"),
                                List.of("annotation_new.json", "vqacp_v2_test_annotations.json"));
            case VQA_CE ->
                coco("combined_data_subset.json", VAL_QUESTIONS, VAL_ANNOTATIONS, VAL, VISUAL_QA)
                        .or(List.of("combined_data_subset.json"), List.of("annotation_subset.json"))
                        .among("counterexamples.json", "https://github.com/cdancette/detect-shortcuts");
            case ADVQA ->
                coco(
                                "combined_data.json",
                                "v1_OpenEnded_mscoco_val2017_advqa_questions.json",
                                "v1_mscoco_val2017_advqa_annotations.json",
                                VAL,
                                "https://adversarialvqa.org/download.html")
                        .or(
                                List.of("combined_data.json"),
                                List.of(
                                        "v1_mscoco_val2017_advqa_annotations_new.json",
                                        "v1_mscoco_val2017_advqa_annotations.json"));
            case TEXTVQA ->
                single("TextVQA_0.5.1_val.json", "data", List.of("train_images", ""), "https://textvqa.org");
            case VIZWIZ -> single("val.json", "data", List.of("val", ""), "https://vizwiz.org/tasks-and-datasets/vqa");
            case OK_VQA ->
                coco(
                        "combined_data.json",
                        "OpenEnded_mscoco_val2014_questions.json",
                        "mscoco_val2014_annotations.json",
                        VAL,
                        "https://okvqa.allenai.org");
        };
    }

    private static VqaLayout coco(
            String frames, String questions, String annotations, List<String> pictures, String source) {
        return new VqaLayout(
                "questions",
                List.of(frames),
                List.of(annotations),
                VqaSource.Form.COCO,
                questions,
                "questions",
                annotations,
                "",
                pictures,
                source);
    }

    private static VqaLayout single(String file, String list, List<String> pictures, String source) {
        return new VqaLayout(
                "questions",
                List.of("combined_data.json"),
                List.of("annotation.json"),
                VqaSource.Form.SINGLE,
                file,
                list,
                "",
                "",
                pictures,
                source);
    }

    private VqaLayout named(String other) {
        return new VqaLayout(other, frames, types, form, questions, list, annotations, ids, pictures, source);
    }

    private VqaLayout or(List<String> otherFrames, List<String> otherTypes) {
        return new VqaLayout(name, otherFrames, otherTypes, form, questions, list, annotations, ids, pictures, source);
    }

    private VqaLayout among(String file, String where) {
        return new VqaLayout(
                name, frames, types, form, questions, list, annotations, file, pictures, where + " and " + source);
    }

    /** The published files, that of ids first. */
    List<String> published() {
        return Stream.of(ids, questions, annotations)
                .filter(file -> !file.isEmpty())
                .toList();
    }

    /** How to get it, for errors. */
    String howToGet(VqaSet set) {
        return "get https://storage.googleapis.com/frames-vqa/datasets_files/" + set.folder() + "/" + frames.get(0)
                + ", or the files of " + source + (ids.isEmpty() ? "" : ", those of VQAv2 into vqav2");
    }
}
