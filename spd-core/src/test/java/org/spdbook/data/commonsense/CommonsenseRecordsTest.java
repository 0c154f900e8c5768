package org.spdbook.data.commonsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonsenseRecordsTest {

    private static final String GOOD =
            "{'instruction':'Is it?','input':'','output':'the correct answer is true','answer':'true'}";

    @TempDir
    private Path root;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectories(file().getParent());
    }

    private Path file() {
        return root.resolve("dataset/boolq/test.json");
    }

    private void write(String json) throws IOException {
        Files.writeString(file(), json.replace('\'', '"'));
    }

    private List<CommonsenseItem> read() throws IOException {
        return new CommonsenseFiles(root).readTest(CommonsenseSet.BOOLQ);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'input':'','output':'o','answer':'true'} | lacks instruction
                    {'instruction':'i','answer':'true'} | lacks input, output
                    {'instruction':' ','input':'','output':'o','answer':'true'} | has an empty instruction
                    {'instruction':'i','input':'x','output':'o','answer':'true'} | has the input "x", which should be empty
                    {'instruction':'i','input':'','output':'o','answer':'True'} | has the answer "True", which is none of true, false
                    {'instruction':'i','input':'','output':'o','answer':'answer1'} | has the answer "answer1", which is none of
                    {'instruction':7,'input':'','output':'o','answer':'true'} | has a number as instruction, not a text
                    {'instruction':'i','input':'','output':null,'answer':'true'} | has a null as output, not a text
                    {'instruction':'i','instruction':'j','input':'','output':'o','answer':'true'} | has instruction twice
                    ['instruction'] | is an array, not an object
                    'i' | is a text, not an object
                    true | is a boolean, not an object
                    """)
    void should_name_the_record_when_it_is_wrong(String record, String problem) throws IOException {
        write("[" + GOOD + "," + record + "," + GOOD + "]");

        assertThatIOException()
                .isThrownBy(this::read)
                .withMessageStartingWith("record 2 of " + file() + " " + problem)
                .withMessageEndingWith("; get the file anew");
    }

    @Test
    void should_take_a_record_when_it_has_more_than_it_needs() throws IOException {
        write("[" + GOOD.replace("{", "{'id':[{'a':1}],") + "]");

        assertThat(read()).containsExactly(new CommonsenseItem("Is it?", "", "the correct answer is true", "true"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {} | should be a JSON array of records, it begins with an object
                    3 | should be a JSON array of records, it begins with a number
                    `` | ends too early, at its beginning
                    <html> | is not valid JSON, at its beginning
                    [GOOD,GOOD | ends too early, in or after record 2
                    [GOOD,{'instr | is not valid JSON, in or after record 2
                    [GOOD] [] | is not valid JSON, in or after record 1
                    [GOOD GOOD] | is not valid JSON, in or after record 1
                    """)
    void should_say_where_when_a_file_is_no_list_of_records(String json, String problem) throws IOException {
        write(json.replace("GOOD", GOOD));

        assertThatIOException()
                .isThrownBy(this::read)
                .withMessageStartingWith(file() + " " + problem)
                .withMessageEndingWith("; get the file anew");
    }

    @Test
    void should_refuse_when_a_file_is_no_text_in_utf_8() throws IOException {
        Files.write(file(), ("[" + GOOD.replace("Is", "\u00ce") + "]").getBytes(StandardCharsets.ISO_8859_1));

        assertThatIOException().isThrownBy(this::read).withMessageContaining("is no text in UTF-8");
    }
}
