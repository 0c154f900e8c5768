package org.spdbook.data.vqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VqaReaderTest {

    private static final String GOOD = "{'question_id':7,'question':'Is it?','answer':['yes'],'image':'val2014/a.jpg'}";

    @TempDir
    private Path root;

    private Path file(String name) throws IOException {
        return Files.createDirectories(root.resolve("datasets_files/ok-vqa")).resolve(name);
    }

    private Path combined() throws IOException {
        return file("combined_data.json");
    }

    private VqaPart read(String json) throws IOException {
        Files.writeString(combined(), json.replace('\'', '"'));
        return new VqaFiles(root).readTest(VqaSet.OK_VQA);
    }

    private VqaPart joined(String questions, String annotations) throws IOException {
        Files.writeString(file("OpenEnded_mscoco_val2014_questions.json"), questions.replace('\'', '"'));
        Files.writeString(file("mscoco_val2014_annotations.json"), annotations.replace('\'', '"'));
        return new VqaFiles(root).readTest(VqaSet.OK_VQA);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'question':'q','answer':['a'],'image':'i'} | lacks question_id
                    {'question_id':1} | lacks question, image, answer
                    {'question_id':1,'question':'q','answer':['a'],'image':' '} | lacks image
                    {'question_id':true,'question':'q','answer':['a'],'image':'i'} | has a boolean as question_id, not a text or a number
                    {'question_id':1,'question':5,'answer':['a'],'image':'i'} | has a number as question, not a text
                    {'question_id':1,'question':'q','answer':'a','image':'i'} | has a text as answer, not a list
                    {'question_id':1,'question':'q','answer':['a',null],'image':'i'} | has a null as an answer, not a text
                    {'question_id':1,'question':'q','answer':[{'answer_id':1}],'image':'i'} | has an answer without one text "answer"
                    {'question_id':1,'question':'q','answer':['a'],'answers':['a'],'image':'i'} | has answers twice
                    {'question_id':1,'question_id':2,'question':'q','answer':['a'],'image':'i'} | has question_id twice
                    [1] | is an array, not an object
                    'x' | is a text, not an object
                    """)
    void should_leave_an_entry_out_and_name_it_when_it_is_wrong(String entry, String problem) throws IOException {
        VqaPart part = read("[" + GOOD + "," + entry + "," + GOOD.replace("7", "8") + "]");

        assertThat(part.items()).extracting(VqaItem::id).containsExactly("7", "8");
        assertThat(part.findings().counts()).isEqualTo(Map.of(VqaProblem.WRONG_ENTRY, 1));
        assertThat(part.findings().sentences())
                .containsExactly("entries that cannot be used: 1, entry 2 of " + combined() + " " + problem
                        + "; get the file anew");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    3 | should be a JSON array of entries or an object with an array "questions", it begins with a number
                    {} | has no array "questions"
                    {'questions':3} | has a number as "questions", not an array
                    `` | ends too early, at line 1 column 1, before its first entry
                    <html> | is not valid JSON, at line 1 column 1, before its first entry
                    [GOOD,GOOD | ends too early, at line 1 column 159, in or after entry 2
                    [GOOD,{'quest | is not valid JSON, at line 1 column 88, in or after entry 2
                    [GOOD] [] | is not valid JSON, at line 1 column 83, in or after entry 1
                    [GOOD GOOD] | is not valid JSON, at line 1 column 82, in or after entry 1
                    """)
    void should_say_where_when_a_file_is_broken(String json, String problem) throws IOException {
        Path file = combined();

        assertThatIOException()
                .isThrownBy(() -> read(json.replace("GOOD", GOOD)))
                .withMessageStartingWith(file + " " + problem)
                .withMessageEndingWith("; get the file anew");
    }

    @Test
    void should_refuse_when_a_file_is_no_text_in_utf_8() throws IOException {
        Files.write(
                combined(),
                ("[" + GOOD.replace('\'', '"').replace("Is", "\u00ce") + "]").getBytes(StandardCharsets.ISO_8859_1));

        assertThatIOException()
                .isThrownBy(() -> new VqaFiles(root).readTest(VqaSet.OK_VQA))
                .withMessageContaining("is no text in UTF-8");
    }

    @Test
    void should_count_questions_without_answers_when_their_lists_are_empty() throws IOException {
        VqaPart part = read("[" + GOOD.replace("'yes'", "") + "," + GOOD + "]");

        assertThat(part.items()).hasSize(1);
        assertThat(part.findings().sentences())
                .containsExactly("questions without answers: 1, question 7 of " + combined()
                        + " has an empty list of answers; get the file anew");
    }

    @Test
    void should_keep_a_question_and_say_so_when_it_comes_again() throws IOException {
        String other = GOOD.replace("a.jpg", "b.jpg");
        VqaPart part = read("[" + GOOD + "," + other + "," + GOOD + "]");

        assertThat(part.items())
                .extracting(VqaItem::picture)
                .containsExactly("val2014/a.jpg", "val2014/b.jpg", "val2014/a.jpg");
        assertThat(part.findings().isHarmless()).isTrue();
        assertThat(part.findings().sentences())
                .containsExactly("repeated questions: 1, question 7 about val2014/a.jpg is in " + combined()
                        + " again and counts again");
    }

    @Test
    void should_pass_over_and_name_a_field_when_no_format_has_it() throws IOException {
        VqaPart part = read(
                "[" + GOOD.replace("{", "{'dataset':'vqa','mood':[{'a':1}],") + "," + GOOD.replace("7", "8") + "]");

        assertThat(part.items()).hasSize(2);
        assertThat(part.findings().sentences())
                .containsExactly("unknown fields: 1, field \"mood\" in 1 entries of " + combined()
                        + " is passed over, update the reader if it matters");
    }

    @Test
    void should_name_the_first_few_when_there_are_many() throws IOException {
        VqaPart part = read("[" + "{},".repeat(1_233) + "{}]");

        assertThat(part.findings().count(VqaProblem.WRONG_ENTRY)).isEqualTo(1_234);
        assertThat(part.findings().sentences().get(0))
                .startsWith("entries that cannot be used: 1,234, entry 1 of ")
                .contains("entry 3 of ")
                .doesNotContain("entry 4 of ")
                .endsWith("; ...");
    }

    @Test
    void should_take_answer_types_when_annotations_stand_beside_the_lists() throws IOException {
        Files.writeString(
                file("mscoco_val2014_annotations.json"),
                "{\"annotations\":[{\"question_id\":7,\"image_id\":1,\"answers\":[],\"answer_type\":\"number\"}]}");
        VqaPart part = read("[" + GOOD + "," + GOOD.replace("7", "8") + ","
                + GOOD.replace("7", "9").replace("{", "{'answer_type':'yes/no',") + "]");

        assertThat(part.items()).extracting(VqaItem::answerType).containsExactly("number", "", "yes/no");
        assertThat(part.findings().sentences())
                .containsExactly("questions without answer type: 1, question 8 of " + combined()
                        + " has no answer type in " + file("mscoco_val2014_annotations.json") + "; get the file anew");
    }

    @Test
    void should_count_what_has_no_counterpart_when_questions_and_annotations_differ() throws IOException {
        String answers = "'answers':[{'answer':'a','answer_id':1}]";
        VqaPart part = joined(
                "{'questions':[{'question_id':1,'image_id':3,'question':'?'},{'question_id':2,'image_id':3,'question':'?'},"
                        + "{'question_id':3,'question':'?'},{'question_id':5,'image_id':4,'question':'?'}]}",
                "{'annotations':[{'question_id':1,'image_id':3," + answers + "},{'question_id':2,'image_id':4,"
                        + answers
                        + "},{'question_id':5,'image_id':4,'answers':[]},{'question_id':1,'image_id':3," + answers
                        + "},{'question_id':6,'image_id':4}]}");
        Path questions = file("OpenEnded_mscoco_val2014_questions.json");
        Path annotations = file("mscoco_val2014_annotations.json");

        assertThat(part.items()).extracting(VqaItem::id).containsExactly("1");
        assertThat(part.findings().sentences())
                .containsExactly(
                        "entries that cannot be used: 2, entry 5 of " + annotations
                                + " lacks answers; get the file anew; entry 3 of " + questions
                                + " lacks image_id; get the file anew",
                        "questions without annotation: 1, question 2 of " + questions + " has no answers in "
                                + annotations + "; get the file anew",
                        "annotations without question: 1, question 2 of " + annotations + " is not in " + questions
                                + "; get the file anew",
                        "questions without answers: 1, question 5 of " + questions
                                + " has an empty list of answers; get the file anew",
                        "repeated questions: 1, question 1 is in " + annotations + " again, the first one counts");
    }

    @Test
    void should_count_ids_when_they_are_no_questions() throws IOException {
        MadeVqa.published(root);
        Files.writeString(root.resolve("vqa-ce/counterexamples.json"), "[262148001, 5, null]");
        VqaPart part = new VqaFiles(root).readTest(VqaSet.VQA_CE);

        assertThat(part.items()).extracting(VqaItem::id).containsExactly("262148001");
        assertThat(part.findings().counts()).isEqualTo(Map.of(VqaProblem.WRONG_ENTRY, 1, VqaProblem.NO_QUESTION, 1));
        assertThat(part.findings().sentences().get(1))
                .contains("id 5 of " + root.resolve("vqa-ce/counterexamples.json"));
    }
}
