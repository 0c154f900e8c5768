package org.spdbook.data.vqa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VqaCheckTest {

    private static final int SETS = 11;
    /** Six of COCO (four to train on, of which VQA-CP names one too), four edited ones of each of two sets, two of TextVQA, four of VizWiz. */
    private static final int PICTURES = 6 + 8 + 2 + 4;

    @TempDir
    private Path root;

    private VqaCheck check(VqaCheck.Pictures pictures) {
        return VqaCheck.of(root, pictures, done -> {});
    }

    @Test
    void should_count_all_when_the_published_files_are_there() throws IOException {
        MadeVqa.published(root);
        List<Integer> progress = Collections.synchronizedList(new ArrayList<>());
        VqaCheck check = VqaCheck.of(root, VqaCheck.Pictures.DECODE, progress::add);

        assertThat(check.isComplete()).isTrue();
        assertThat(check.training()).hasValue(MadeVqa.TRAIN);
        assertThat(check.tests()).hasSize(10).containsEntry(VqaSet.VQA_CE, 2).containsEntry(VqaSet.ADVQA, MadeVqa.TEST);
        assertThat(check.pictures()).isEqualTo(PICTURES);
        assertThat(progress)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, SETS + PICTURES).boxed().toList());
        assertThat(check.facts())
                .containsEntry("questions to train on, vqav2", "8, published are 443,757")
                .containsEntry("questions to test on, vqav2", "4, published are 214,354")
                .containsEntry("questions to test on, iv-vqa", "4")
                .containsEntry("questions to test on, vizwiz", "4, published are 4,319")
                .containsEntry("pictures", PICTURES + ", each one tried")
                .containsEntry("missing pictures", "0")
                .containsEntry("problems", "none");
    }

    @Test
    void should_name_pictures_when_they_are_missing_or_broken() throws IOException {
        MadeVqa.frames(root);
        Path missing = root.resolve("images/coco/train2014/COCO_train2014_000000000103.jpg");
        Path broken = root.resolve("images/vizwiz/val2014/COCO_val2014_000000000100.jpg");
        Files.delete(missing);
        Files.writeString(broken, "<html>");

        VqaCheck looked = check(VqaCheck.Pictures.LOOK_FOR);
        assertThat(looked.isComplete()).isFalse();
        assertThat(looked.findings().sentences())
                .containsExactly(
                        "missing pictures: 1, " + missing + " is not there; unpack the archive of its folder anew");
        assertThat(looked.facts()).containsEntry("pictures", looked.pictures() + ", looked for, not decoded");
        VqaCheck decoded = check(VqaCheck.Pictures.DECODE);
        assertThat(decoded.facts()).containsEntry("missing pictures", "1").containsEntry("broken pictures", "1");
        assertThat(decoded.findings().sentences().get(1))
                .isEqualTo("broken pictures: 1, picture " + broken
                        + " cannot be used: it is no picture, it begins with 3c 68 74 6d 6c 3e; get it anew");
    }

    @Test
    void should_go_on_when_a_set_is_missing_and_another_is_broken() throws IOException {
        MadeVqa.frames(root);
        Files.delete(root.resolve("datasets_files/vqa_cp/combined_data.json"));
        Files.delete(root.resolve("datasets_files/vqav2/vqa_train.json"));
        Path broken = root.resolve("datasets_files/iv-vqa/combined_data.json");
        Files.writeString(broken, "[{}, {");
        VqaCheck check = check(VqaCheck.Pictures.LOOK_FOR);

        assertThat(check.isComplete()).isFalse();
        assertThat(check.training()).isEmpty();
        assertThat(check.lacking()).hasSize(2);
        assertThat(check.tests()).doesNotContainKey(VqaSet.VQA_CP).containsEntry(VqaSet.IV_VQA, 0);
        assertThat(check.facts())
                .containsEntry("questions to train on, vqav2", "not there")
                .containsEntry("questions to test on, vqa-cp", "not there")
                .containsEntry("questions to test on, cv-vqa", "4")
                .containsEntry("files that cannot be read", "1")
                .hasEntrySatisfying(
                        "problems",
                        problems -> assertThat(problems)
                                .startsWith("the training questions of vqav2 were looked for in " + root)
                                .contains(" | the questions of vqa-cp were looked for in ")
                                .contains(" | files that cannot be read: 1, " + broken
                                        + " ends too early, at line 1 column 7, in or after entry 2"));
    }

    @Test
    void should_be_complete_when_a_question_comes_again() throws IOException {
        MadeVqa.frames(root);
        Path file = root.resolve("datasets_files/ok-vqa/combined_data.json");
        String json = Files.readString(file);
        Files.writeString(file, json.substring(0, json.length() - 1) + "," + json.substring(1));
        VqaCheck check = check(VqaCheck.Pictures.LOOK_FOR);

        assertThat(check.isComplete()).isTrue();
        assertThat(check.facts())
                .containsEntry("repeated questions", "4")
                .containsEntry("questions to test on, ok-vqa", "8, published are 5,046");
    }

    @Test
    void should_say_so_once_for_each_set_when_the_folder_is_not_there() {
        VqaCheck check = VqaCheck.of(root.resolve("nowhere"), VqaCheck.Pictures.DECODE, done -> {});

        assertThat(check.isComplete()).isFalse();
        assertThat(check.pictures()).isZero();
        assertThat(check.lacking())
                .allMatch(sentence -> sentence.contains("nowhere, which is not there; get https://"));
    }
}
