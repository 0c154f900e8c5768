package org.spdbook.data.vqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VqaTest {

    @TempDir
    private Path root;

    private Vqa made(boolean published) throws IOException {
        if (published) {
            MadeVqa.published(root);
        } else {
            MadeVqa.frames(root);
        }
        return Vqa.in(root);
    }

    private static VqaItem only(List<VqaItem> items, int i) {
        return items.get(i);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_have_all_questions_in_order_when_all_is_there(boolean published) throws IOException {
        Vqa data = made(published);

        assertThat(data.sets()).containsExactly(VqaSet.values());
        List<VqaItem> all = new ArrayList<>(data.training(VqaTraining.TRAIN, 1));
        all.addAll(data.validation(1));
        assertThat(all).hasSize(MadeVqa.TRAIN);
        List<VqaItem> train = new VqaFiles(root).readTraining().items();
        assertThat(train).hasSize(MadeVqa.TRAIN).containsExactlyInAnyOrderElementsOf(all);
        for (int i = 0; i < MadeVqa.TRAIN; i++) {
            VqaItem item = train.get(i);
            assertThat(item.id()).isEqualTo(String.valueOf(MadeVqa.id("train2014", i)));
            assertThat(item.question()).isEqualTo(MadeVqa.question("train2014", i));
            assertThat(item.answers()).isEqualTo(MadeVqa.answers(i));
            assertThat(item.answerType()).isEqualTo(MadeVqa.type(i));
            assertThat(item.image())
                    .isRegularFile()
                    .hasFileName(MadeVqa.image("train2014", VqaSet.VQAV2, i))
                    .isEqualTo(root.resolve(published ? "coco" : "images/coco").resolve(item.picture()));
        }
        assertThat(data.findings(List.of(VqaSet.values())).sentences()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(VqaSet.class)
    void should_have_the_questions_of_a_set_when_it_is_as_frames_vqa_has_it(VqaSet set) throws IOException {
        List<VqaItem> items = made(false).test(set);

        assertThat(items).hasSize(MadeVqa.TEST);
        for (int i = 0; i < items.size(); i++) {
            assertThat(items.get(i).question()).isEqualTo(MadeVqa.question("val2014", i));
            assertThat(items.get(i).answers()).isEqualTo(MadeVqa.answers(i));
            assertThat(items.get(i).answerType()).isEqualTo(set == VqaSet.VQAV2 ? MadeVqa.type(i) : "");
            assertThat(items.get(i).image())
                    .isRegularFile()
                    .hasFileName(MadeVqa.image("val2014", set, i))
                    .startsWith(root.resolve("images").resolve(set.pictures()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VqaSet.class,
            names = {"VQAV2", "IV_VQA", "CV_VQA", "REPHRASINGS", "ADVQA", "OK_VQA"})
    void should_join_questions_and_annotations_when_a_set_is_as_published(VqaSet set) throws IOException {
        Vqa data = made(true);
        List<VqaItem> items = data.test(set);

        assertThat(items).hasSize(MadeVqa.TEST);
        for (int i = 0; i < items.size(); i++) {
            assertThat(items.get(i).id()).isEqualTo(String.valueOf(MadeVqa.id("val2014", i)));
            assertThat(items.get(i).answers()).isEqualTo(MadeVqa.answers(i));
            assertThat(items.get(i).answerType()).isEqualTo(MadeVqa.type(i));
            assertThat(items.get(i).image()).isRegularFile().hasFileName(MadeVqa.image("val2014", set, i));
        }
        assertThat(data.findings(List.of(VqaSet.values())).sentences()).isEmpty();
    }

    @Test
    void should_know_where_pictures_are_when_other_sets_are_as_published() throws IOException {
        Vqa data = made(true);

        assertThat(data.test(VqaSet.VQA_CP))
                .extracting(VqaItem::picture)
                .containsExactly(
                        "train2014/COCO_train2014_000000000100.jpg",
                        "train2014/COCO_train2014_000000000100.jpg",
                        "val2014/COCO_val2014_000000000101.jpg",
                        "val2014/COCO_val2014_000000000101.jpg");
        assertThat(data.test(VqaSet.VQA_CE))
                .as("in the order of VQAv2's questions, not of the ids")
                .isEqualTo(List.of(only(data.test(VqaSet.VQAV2), 0), only(data.test(VqaSet.VQAV2), 3)));
        assertThat(data.test(VqaSet.TEXTVQA)).allSatisfy(item -> {
            assertThat(item.image()).isRegularFile().hasParent(root.resolve("textvqa/train_images"));
            assertThat(item.answerType()).isEmpty();
        });
        VqaItem viz = only(data.test(VqaSet.VIZWIZ), 0);
        assertThat(viz.id()).isEqualTo("VizWiz_val_00000000.jpg");
        assertThat(viz.answerType()).isEqualTo("unanswerable");
        assertThat(viz.image()).isEqualTo(root.resolve("vizwiz/val/VizWiz_val_00000000.jpg"));
        assertThat(data.findings(List.of(VqaSet.values())).sentences()).isEmpty();
    }

    @Test
    void should_take_the_lists_of_frames_vqa_when_both_layouts_are_there() throws IOException {
        MadeVqa.published(root);
        Vqa data = made(false);

        assertThat(only(data.test(VqaSet.OK_VQA), 0).answerType()).isEmpty();
        assertThat(only(data.test(VqaSet.OK_VQA), 0).folder()).isEqualTo(root.resolve("images/coco"));
    }

    @Test
    void should_hold_out_whole_pictures_when_training_is_split() throws IOException {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            entries.add(MadeVqa.entry(
                    "question_id", i, "question", "?", "answer", List.of("a"), "image", "p" + i / 4 + ".jpg"));
        }
        MadeVqa.frames(root);
        MadeVqa.write(root.resolve("datasets_files/vqav2/vqa_train.json"), entries);
        Files.delete(root.resolve("datasets_files/vqav2/v2_mscoco_train2014_annotations.json"));
        Vqa data = Vqa.in(root);
        List<VqaItem> training = data.training(VqaTraining.TRAIN, 1);
        List<VqaItem> validation = data.validation(1);

        assertThat(validation).hasSize(8); // two of 250 pictures
        assertThat(training).hasSize(992);
        Set<String> shown =
                new HashSet<>(training.stream().map(VqaItem::picture).toList());
        assertThat(validation).noneMatch(item -> shown.contains(item.picture()));
        List<VqaItem> all = new VqaFiles(root).readTraining().items();
        assertThat(all).containsSubsequence(training).containsSubsequence(validation);
        assertThat(Vqa.in(root).validation(1)).isEqualTo(validation);
        assertThat(data.validation(2)).isNotEqualTo(validation);
    }

    @Test
    void should_add_the_validation_set_when_it_is_trained_on_as_the_authors_did() throws IOException {
        Vqa data = made(false);

        assertThat(data.training(VqaTraining.TRAIN_AND_VAL, 1))
                .isEqualTo(Stream.concat(data.training(VqaTraining.TRAIN, 1).stream(), data.test(VqaSet.VQAV2).stream())
                        .toList());
        assertThat(VqaTraining.of("train-val")).isEqualTo(VqaTraining.TRAIN_AND_VAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VqaTraining.of("val"))
                .withMessage("VQA training set val is not known; choose one of train, train-val");
    }

    @Test
    void should_have_another_checksum_only_when_a_question_differs() throws IOException {
        Vqa data = made(false);
        String before = data.checksum(List.of(VqaSet.OK_VQA));
        Path file = root.resolve("datasets_files/ok-vqa/combined_data.json");
        Files.writeString(file, Files.readString(file).replace("},{", "},\n  {"));
        assertThat(Vqa.in(root).checksum(List.of(VqaSet.OK_VQA)))
                .isEqualTo(before)
                .hasSize(64);
        assertThat(data.checksum(List.of())).isNotEqualTo(before);

        Files.writeString(file, Files.readString(file).replaceFirst("maybe", "perhaps"));
        assertThat(Vqa.in(root).checksum(List.of(VqaSet.OK_VQA))).isNotEqualTo(before);
    }

    @Test
    void should_keep_what_is_equal_once_when_questions_share_it() throws IOException {
        List<VqaItem> items = made(true).test(VqaSet.VQAV2);

        assertThat(items.get(0).answers()).isSameAs(items.get(2).answers());
        assertThat(items.get(0).answers().get(1))
                .isSameAs(items.get(1).answers().get(0));
        assertThat(items.get(0).picture()).isSameAs(items.get(1).picture());
    }

    @Test
    void should_take_the_first_of_the_most_frequent_when_a_target_is_chosen() throws IOException {
        List<VqaItem> items = made(false).test(VqaSet.VQAV2);

        assertThat(items.get(0).target()).as("yes and no four times, yes first").isEqualTo("yes");
        assertThat(items.get(1).target()).isEqualTo("no");
        assertThat(new VqaItem("1", "?", List.of("b"), root, "p", "").target()).isEqualTo("b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VqaItem("1", "?", List.of(), root, "p", ""))
                .withMessage("question 1 needs at least one answer, got none");
    }

    @Test
    void should_say_what_where_and_how_when_a_set_is_missing() throws IOException {
        Vqa data = made(true);
        Files.delete(root.resolve("iv-vqa/v2_mscoco_val2014_annotations.json"));
        Files.delete(root.resolve("vqa-ce/counterexamples.json"));

        assertThat(data.sets()).hasSize(8).doesNotContain(VqaSet.IV_VQA, VqaSet.VQA_CE);
        assertThatIOException()
                .isThrownBy(() -> data.test(VqaSet.IV_VQA))
                .withMessage("the questions of iv-vqa were looked for in " + root
                        + " as datasets_files/iv-vqa/combined_data.json or as iv-vqa/v2_OpenEnded_mscoco_val2014_questions.json"
                        + " and v2_mscoco_val2014_annotations.json, found neither; get"
                        + " https://storage.googleapis.com/frames-vqa/datasets_files/iv-vqa/combined_data.json, or the files of"
                        + " https://github.com/AgarwalVedika/CausalVQA");
        assertThatIOException()
                .isThrownBy(() -> data.test(VqaSet.VQA_CE))
                .withMessageContaining("or as vqa-ce/counterexamples.json and v2_OpenEnded_")
                .withMessageEndingWith("those of VQAv2 into vqav2");
        assertThatIOException()
                .isThrownBy(() -> Vqa.in(root.resolve("nowhere")))
                .withMessageStartingWith("VQA data was looked for in the folder " + root.resolve("nowhere")
                        + ", which is not there; get");
        assertThatIOException()
                .isThrownBy(() -> Vqa.in(root.resolve("coco")))
                .withMessageContaining("the questions of vqav2 were looked for in");
    }

    @Test
    void should_say_that_training_is_missing_when_only_a_test_set_is_there() throws IOException {
        MadeVqa.frames(root);
        Files.delete(root.resolve("datasets_files/vqav2/vqa_train.json"));
        Vqa data = Vqa.in(root);

        assertThat(data.test(VqaSet.VQAV2)).hasSize(MadeVqa.TEST);
        assertThatIOException()
                .isThrownBy(() -> data.validation(1))
                .withMessageStartingWith(
                        "the training questions of vqav2 were looked for in " + root
                                + " as datasets_files/vqav2/vqa_train.json or as vqav2/v2_OpenEnded_mscoco_train2014_questions.json and ");
    }

    @Test
    void should_know_ten_sets_when_they_are_named() {
        assertThat(VqaSet.words())
                .containsExactly(
                        "vqav2",
                        "iv-vqa",
                        "cv-vqa",
                        "rephrasings",
                        "vqa-cp",
                        "vqa-ce",
                        "advqa",
                        "textvqa",
                        "vizwiz",
                        "ok-vqa");
        assertThat(VqaSet.of("vizwiz").group()).isEqualTo(VqaSet.Group.FAR);
        assertThat(Stream.of(VqaSet.values()).filter(set -> set.group() == VqaSet.Group.NEAR))
                .hasSize(6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VqaSet.of("gqa"))
                .withMessageStartingWith("VQA set gqa is not known; choose one of vqav2, iv-vqa");
    }

    @Test
    void should_refuse_a_set_when_none_of_its_questions_can_be_used() throws IOException {
        Vqa data = made(false);
        Path file = root.resolve("datasets_files/ok-vqa/combined_data.json");
        Files.writeString(file, "[]");
        assertThatIOException()
                .isThrownBy(() -> data.test(VqaSet.OK_VQA))
                .withMessage("no question of ok-vqa in " + root + " can be used, found an empty list");

        Files.writeString(file, "[{}]");
        assertThatIOException()
                .isThrownBy(() -> Vqa.in(root).checksum(List.of(VqaSet.OK_VQA)))
                .withMessageStartingWith(
                        "no question of ok-vqa in " + root + " can be used, found entries that cannot");
    }

    @Test
    void should_look_for_pictures_of_frames_vqa_where_they_belong_when_they_are_missing() throws IOException {
        MadeVqa.frames(root);
        Files.move(root.resolve("images"), root.resolve("elsewhere"));

        assertThat(only(Vqa.in(root).test(VqaSet.TEXTVQA), 0).folder()).isEqualTo(root.resolve("images/textvqa"));
    }
}
