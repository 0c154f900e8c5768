package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.kernel.editing.CompletenessCheck.Answer;
import org.spdbook.kernel.shell.CellClasses;
import org.spdbook.kernel.shell.JavaShell;

class CompletenessCheckTest {

    private static JavaShell shell;

    @BeforeAll
    static void open() {
        shell = new JavaShell(new CellClasses("", List.of()));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1 + 1 | complete | 0",
                "~~ | complete | 0",
                "// only a comment | complete | 0",
                "int f() { | incomplete | 4",
                "~int a = 1;\nvoid f() {\n    if (a > 0) {~ | incomplete | 8",
                "int a = 1 + | incomplete | 4",
                "String s = \"\"\" | incomplete | 0",
                "/* not closed | incomplete | 0",
                "int a = ; | invalid | 0",
                "x ][ 1 | invalid | 0",
                "} | invalid | 0",
                "%lsmagic | complete | 0",
                "~int a = 1;\n%lsmagic~ | complete | 0",
                "%lsmagic \\ | incomplete | 0",
                "%%html | incomplete | 0",
                "~%%html\n<b>a</b>~ | incomplete | 0",
                "~%%html\n<b>a</b>\n~ | complete | 0"
            })
    void should_say_whether_another_line_is_needed_when_a_line_ends(String cell, String status, int indent) {
        assertThat(new CompletenessCheck(shell).check(cell)).isEqualTo(new Answer(status, " ".repeat(indent)));
    }
}
