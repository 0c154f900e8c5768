package org.spdbook.data.commonsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommonsenseTest {

    private static final String GOOD =
            "{'instruction':'Is it?','input':'','output':'the correct answer is true','answer':'true'}";

    @TempDir
    private Path root;

    @BeforeEach
    void makeFiles() throws IOException {
        MadeQuestions.in(root);
    }

    private Path boolq() {
        return root.resolve("dataset/boolq/test.json");
    }

    private void writeBoolq(String json) throws IOException {
        Files.writeString(boolq(), json.replace('\'', '"'));
    }

    @Test
    void should_have_the_records_of_each_set_when_all_is_there() throws IOException {
        Commonsense data = Commonsense.in(root);

        for (CommonsenseSet set : CommonsenseSet.values()) {
            assertThat(data.test(set)).isEqualTo(MadeQuestions.items(set, 10, 3));
        }
    }

    @Test
    void should_hold_out_a_tenth_when_a_part_of_the_records_is_split() throws IOException {
        Commonsense data = Commonsense.in(root);
        List<CommonsenseItem> training = data.training(1);
        List<CommonsenseItem> validation = data.validation(1);

        assertThat(validation).hasSize(8);
        assertThat(training).hasSize(72).doesNotContainAnyElementsOf(validation);
        List<CommonsenseItem> all = new CommonsenseFiles(root).readTraining();
        assertThat(all).containsSubsequence(training).containsSubsequence(validation);
        assertThat(Commonsense.in(root).validation(1)).isEqualTo(validation);
        assertThat(data.validation(2)).isNotEqualTo(validation);
        assertThat(data.root()).isEqualTo(root);
        assertThat(data.trainingSizes())
                .isEqualTo(Map.of(
                        CommonsenseForm.TRUE_FALSE, 10,
                        CommonsenseForm.SOLUTION, 10,
                        CommonsenseForm.ANSWER, 40,
                        CommonsenseForm.ENDING, 10,
                        CommonsenseForm.OPTION, 10));
    }

    @Test
    void should_hold_out_120_when_there_are_many_records() throws IOException {
        MadeQuestions.write(
                root.resolve("commonsense_170k.json"), MadeQuestions.items(CommonsenseSet.WINOGRANDE, 0, 1_500));
        Commonsense data = Commonsense.in(root);

        assertThat(data.validation(42)).hasSize(120).doesNotHaveDuplicates();
        assertThat(data.training(42)).hasSize(1_380).doesNotContainAnyElementsOf(data.validation(42));
    }

    @Test
    void should_keep_equal_texts_once_when_records_repeat_them() throws IOException {
        List<CommonsenseItem> items = new CommonsenseFiles(root).readTraining();

        assertThat(items.get(0))
                .isEqualTo(MadeQuestions.items(CommonsenseSet.BOOLQ, 0, 1).get(0));
        assertThat(items.get(2).output()).isSameAs(items.get(0).output());
        assertThat(items.get(2).answer()).isSameAs(items.get(0).answer());
    }

    @Test
    void should_have_another_checksum_only_when_a_record_differs() throws IOException {
        String before = Commonsense.in(root).checksum();
        Files.writeString(boolq(), Files.readString(boolq()).replace("\n", " "));
        assertThat(Commonsense.in(root).checksum()).isEqualTo(before).hasSize(64);

        Files.writeString(boolq(), Files.readString(boolq()).replace("stone 11", "stone 99"));
        assertThat(Commonsense.in(root).checksum()).isNotEqualTo(before);
    }

    @Test
    void should_find_the_training_file_when_it_lies_as_in_the_repository() throws IOException {
        List<CommonsenseItem> before = Commonsense.in(root).training(0);
        Files.createDirectory(root.resolve("ft-training_set"));
        Files.move(
                root.resolve("commonsense_170k.json"),
                root.resolve("ft-training_set").resolve("commonsense_170k.json"));

        assertThat(Commonsense.in(root).training(0)).isEqualTo(before);
    }

    @Test
    void should_say_what_where_and_how_when_files_are_missing() throws IOException {
        Files.delete(boolq());
        Files.delete(root.resolve("commonsense_170k.json"));

        assertThatIOException()
                .isThrownBy(() -> Commonsense.in(root))
                .withMessageContaining("looked for in " + root)
                .withMessageContaining("lacks 2 of 9 files: commonsense_170k.json, dataset/boolq/test.json; ")
                .withMessageContaining("zwhe99/commonsense_170k")
                .withMessageContaining("AGI-Edgerunners/LLM-Adapters");
        assertThatIOException()
                .isThrownBy(() -> Commonsense.in(root.resolve("nowhere")))
                .withMessageContaining("nowhere, which is not there; the test sets are in");
        assertThatIOException()
                .isThrownBy(() -> new CommonsenseFiles(root).readTest(CommonsenseSet.BOOLQ))
                .withMessageContaining("records were looked for in " + boolq() + ", which is not there; ");
    }

    @Test
    void should_name_all_labels_when_a_training_record_has_none_of_them() throws IOException {
        Files.writeString(
                root.resolve("commonsense_170k.json"),
                ("[" + GOOD.replace("'true'", "'maybe'") + "]").replace('\'', '"'));

        assertThatIOException()
                .isThrownBy(() -> Commonsense.in(root))
                .withMessageContaining("commonsense_170k.json has the answer \"maybe\", which is none of true, false,"
                        + " solution1, solution2, answer1,")
                .withMessageContaining("option2; get the file anew");
    }

    @Test
    void should_refuse_when_there_is_too_little_to_train_or_test_on() throws IOException {
        MadeQuestions.write(root.resolve("commonsense_170k.json"), MadeQuestions.items(CommonsenseSet.PIQA, 0, 1));

        assertThatIOException()
                .isThrownBy(() -> Commonsense.in(root))
                .withMessageContaining("should have at least 2 records, it has 1");
        writeBoolq("[]");
        assertThatIOException()
                .isThrownBy(() -> Commonsense.in(root))
                .withMessageContaining(boolq() + " should have at least 1 record, it has 0");
    }

    @Test
    void should_count_records_when_a_part_of_them_is_checked() {
        List<Integer> progress = new ArrayList<>();
        CommonsenseCheck check = CommonsenseCheck.of(root, progress::add);

        assertThat(check.isComplete()).isTrue();
        assertThat(check.training()).hasSize(5).containsEntry(CommonsenseForm.ANSWER, 40);
        assertThat(check.tests()).hasSize(8).containsEntry(CommonsenseSet.ARC_EASY, 3);
        assertThat(progress).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(check.facts())
                .containsEntry("records to train on, boolq", "10, published are 9,427")
                .containsEntry(
                        "records to train on, social_i_qa + ARC-Easy + ARC-Challenge + openbookqa",
                        "40, published are 41,737")
                .containsEntry("records to train on, all", "80, published are 170,420")
                .containsEntry("records to test on, openbookqa", "3, published are 500")
                .containsEntry("questions of another form than their answer", "0")
                .containsEntry("outputs that do not name their answer", "0")
                .containsEntry("problems", "none");
    }

    @Test
    void should_say_the_number_alone_when_a_test_file_is_whole() throws IOException {
        MadeQuestions.write(
                root.resolve("dataset/openbookqa/test.json"), MadeQuestions.items(CommonsenseSet.OPENBOOKQA, 0, 500));

        assertThat(CommonsenseCheck.of(root, done -> {}).facts())
                .containsEntry("records to test on, openbookqa", "500");
    }

    @Test
    void should_go_on_and_tell_all_when_it_checks_broken_files() throws IOException {
        String other = GOOD.replace("Is it?", "Please answer the following question with true or false, question: it?");
        writeBoolq("[" + GOOD + ",7," + other + "," + GOOD.replace("true'}", "maybe'}") + ","
                + other.replace("is true", "is false") + "]");
        Files.writeString(root.resolve("dataset/piqa/test.json"), "[");
        Files.delete(root.resolve("dataset/hellaswag/test.json"));
        CommonsenseCheck check = CommonsenseCheck.of(root, done -> {});

        assertThat(check.isComplete()).isFalse();
        assertThat(check.tests()).containsEntry(CommonsenseSet.BOOLQ, 3).containsEntry(CommonsenseSet.PIQA, 0);
        assertThat(check.otherBeginnings()).isEqualTo(1);
        assertThat(check.otherOutputs()).isEqualTo(1);
        assertThat(check.problems()).hasSize(4);
        assertThat(check.problems().get(0)).contains("lacks 1 of 9 files: dataset/hellaswag/test.json");
        assertThat(check.problems().get(1)).startsWith("record 2 of ").contains("is a number, not an object");
        assertThat(check.problems().get(2)).startsWith("record 4 of ").contains("has the answer \"maybe\"");
        assertThat(check.problems().get(3)).contains("ends too early");
        assertThat(check.facts().get("problems")).startsWith("4: the commonsense data was looked for in ");
    }
}
