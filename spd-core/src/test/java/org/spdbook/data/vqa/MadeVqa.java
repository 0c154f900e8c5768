package org.spdbook.data.vqa;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Small made sets in both layouts, with pictures of a few pixels. */
public final class MadeVqa {

    /** Questions to train on, two about each picture. */
    public static final int TRAIN = 8;
    /** Questions of each set to test on, two about each picture. */
    public static final int TEST = 4;

    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final List<String> TYPES = List.of("yes/no", "number", "other");

    private MadeVqa() {}

    /** All sets as FRAMES-VQA has them, with annotations that tell answer types. */
    public static void frames(Path root) throws IOException {
        Path vqav2 = root.resolve("datasets_files/vqav2");
        frames(root, VqaSet.VQAV2, "vqa_train.json", "train2014", TRAIN);
        write(vqav2.resolve("v2_mscoco_train2014_annotations.json"), annotations("train2014", TRAIN));
        frames(root, VqaSet.VQAV2, "vqa_val_eval.json", "val2014", TEST);
        write(vqav2.resolve("v2_mscoco_val2014_annotations.json"), annotations("val2014", TEST));
        for (VqaSet set : VqaSet.values()) {
            if (set != VqaSet.VQAV2) {
                String name = set == VqaSet.VQA_CE ? "combined_data_subset.json" : "combined_data.json";
                frames(root, set, name, "val2014", TEST);
            }
        }
    }

    private static void frames(Path root, VqaSet set, String name, String split, int count) throws IOException {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String image = split + "/" + image(split, set, i);
            entries.add(entry(
                    "question_id", id(split, i), "question", question(split, i), "answer", answers(i), "image", image));
            picture(root.resolve("images").resolve(set.pictures()).resolve(image));
        }
        write(root.resolve("datasets_files").resolve(set.folder()).resolve(name), entries);
    }

    /** All sets as their authors publish them, pictures of COCO in {@code coco}. */
    public static void published(Path root) throws IOException {
        coco(
                root,
                VqaSet.VQAV2,
                "v2_OpenEnded_mscoco_train2014_questions.json",
                "v2_mscoco_train2014_annotations.json",
                "train2014");
        String questions = "v2_OpenEnded_mscoco_val2014_questions.json";
        String annotations = "v2_mscoco_val2014_annotations.json";
        for (VqaSet set : List.of(VqaSet.VQAV2, VqaSet.IV_VQA, VqaSet.CV_VQA)) {
            coco(root, set, questions, annotations, "val2014");
        }
        coco(
                root,
                VqaSet.REPHRASINGS,
                "v2_OpenEnded_mscoco_valrep2014_humans_og_questions.json",
                "v2_mscoco_valrep2014_humans_og_annotations.json",
                "val2014");
        coco(
                root,
                VqaSet.ADVQA,
                "v1_OpenEnded_mscoco_val2017_advqa_questions.json",
                "v1_mscoco_val2017_advqa_annotations.json",
                "val2014");
        coco(
                root,
                VqaSet.OK_VQA,
                "OpenEnded_mscoco_val2014_questions.json",
                "mscoco_val2014_annotations.json",
                "val2014");
        write(root.resolve("vqa-ce/counterexamples.json"), List.of(id("val2014", 3), id("val2014", 0)));
        vqaCp(root);
        single(root);
    }

    private static void coco(Path root, VqaSet set, String questions, String annotations, String split)
            throws IOException {
        int count = split.equals("train2014") ? TRAIN : TEST;
        boolean edited = set == VqaSet.IV_VQA || set == VqaSet.CV_VQA;
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(entry("image_id", imageId(set, i), "question", question(split, i), "question_id", id(split, i)));
            Path folder = edited ? root.resolve(set.word()).resolve("Images") : root.resolve("coco");
            picture(folder.resolve(split).resolve(image(split, set, i)));
        }
        Path folder = root.resolve(set.word());
        write(
                folder.resolve(questions),
                entry("info", Map.of("version", "2.0"), "questions", list, "license", Map.of()));
        write(folder.resolve(annotations), annotations(split, count, set));
    }

    private static void vqaCp(Path root) throws IOException {
        List<Object> questions = new ArrayList<>();
        List<Object> annotations = new ArrayList<>();
        for (int i = 0; i < TEST; i++) {
            String split = i < 2 ? "train2014" : "val2014";
            Map<String, Object> annotation = annotation(split, i, VqaSet.VQA_CP);
            annotation.put("coco_split", split);
            annotations.add(annotation);
            questions.add(entry(
                    "question_id",
                    id(split, i),
                    "image_id",
                    imageId(VqaSet.VQA_CP, i),
                    "coco_split",
                    split,
                    "question",
                    question(split, i)));
            picture(root.resolve("coco").resolve(split).resolve(image(split, VqaSet.VQA_CP, i)));
        }
        write(root.resolve("vqa-cp/vqacp_v2_test_questions.json"), questions);
        write(root.resolve("vqa-cp/vqacp_v2_test_annotations.json"), annotations);
    }

    private static void single(Path root) throws IOException {
        List<Object> text = new ArrayList<>();
        List<Object> vizwiz = new ArrayList<>();
        for (int i = 0; i < TEST; i++) {
            text.add(entry(
                    "question",
                    question("val2014", i),
                    "image_id",
                    "ab" + i / 2,
                    "image_width",
                    3,
                    "question_id",
                    34602 + i,
                    "answers",
                    answers(i),
                    "set_name",
                    "val"));
            picture(root.resolve("textvqa/train_images").resolve("ab" + i / 2 + ".jpg"));
            vizwiz.add(entry(
                    "image",
                    "VizWiz_val_0000000" + i + ".jpg",
                    "question",
                    question("val2014", i),
                    "answers",
                    objects(i),
                    "answer_type",
                    i == 0 ? "unanswerable" : "other",
                    "answerable",
                    i == 0 ? 0 : 1));
            picture(root.resolve("vizwiz/val/VizWiz_val_0000000" + i + ".jpg"));
        }
        write(root.resolve("textvqa/TextVQA_0.5.1_val.json"), entry("dataset_type", "val", "data", text));
        write(root.resolve("vizwiz/val.json"), vizwiz);
    }

    static Map<String, Object> annotations(String split, int count) {
        return annotations(split, count, VqaSet.VQAV2);
    }

    private static Map<String, Object> annotations(String split, int count, VqaSet set) {
        List<Object> list = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) { // in another order than the questions
            list.add(annotation(split, i, set));
        }
        return entry("info", Map.of(), "annotations", list);
    }

    private static Map<String, Object> annotation(String split, int i, VqaSet set) {
        return entry(
                "question_type",
                "is",
                "multiple_choice_answer",
                "x",
                "answers",
                objects(i),
                "image_id",
                imageId(set, i),
                "answer_type",
                type(i),
                "question_id",
                id(split, i));
    }

    private static List<Object> objects(int i) {
        List<Object> list = new ArrayList<>();
        for (String answer : answers(i)) {
            list.add(entry("answer", answer, "answer_confidence", "yes", "answer_id", list.size() + 1));
        }
        return list;
    }

    private static Object imageId(VqaSet set, int i) {
        boolean edited = set == VqaSet.IV_VQA || set == VqaSet.CV_VQA;
        int id = 100 + i / 2;
        return edited ? String.format("%012d_%012d", id, 5 + i) : (Object) id;
    }

    /** The file of the picture. */
    static String image(String split, VqaSet set, int i) {
        Object id = imageId(set, i);
        return "COCO_" + split + "_" + (id instanceof Integer ? String.format("%012d", id) : id) + ".jpg";
    }

    static int id(String split, int i) {
        return (split.equals("train2014") ? 458_752_000 : 262_148_000) + i;
    }

    static String question(String split, int i) {
        return "Is stone " + i + " of " + split + " \u201cgrün\u201d \ud83e\udea8?";
    }

    static String type(int i) {
        return TYPES.get(i % TYPES.size());
    }

    /** Ten, of which yes and no are as frequent for even numbers, yes first; for others no is the most frequent. */
    static List<String> answers(int i) {
        return i % 2 == 0
                ? List.of("maybe", "yes", "no", "no", "yes", "no", "yes", "no", "yes", "a bit")
                : List.of("yes", "no", "no", "no", "no", "no", "no", "yes", "no", "no");
    }

    /** An object with its fields in order. */
    static Map<String, Object> entry(Object... namesAndValues) {
        Map<String, Object> entry = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            entry.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return entry;
    }

    /** Writes JSON. */
    static void write(Path file, Object value) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.toJson(value));
    }

    private static void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
    }
}
