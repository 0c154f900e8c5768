package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndentationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "int f() { | 4",
                "~class A {\n    int f() {~ | 8",
                "~class A {\n    int f() {\n    }~ | 4",
                "words.forEach(word -> { | 4",
                "~f(a,\n  b~ | 4",
                "int a = 1 + | 4",
                "~int f() {\n    int a = 1 +~ | 8",
                "~int f() {\n    int a = 1;~ | 4",
                "~new int[] {1,\n 2~ | 4",
                "String brace = \"{\" + | 4",
                "~String s = \"\"\"\n   a~ | 3",
                "~/*\n  * a~ | 2"
            })
    void should_indent_by_open_lines_when_code_goes_on(String code, int spaces) {
        assertThat(Indentation.after(code)).isEqualTo(" ".repeat(spaces));
    }
}
