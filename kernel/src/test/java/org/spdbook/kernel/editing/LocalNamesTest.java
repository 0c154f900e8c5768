package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "int one = 1; String two; | one,two",
                "void f(int one, String two) { | one,two",
                "class A { int field; void f(int one) { int two = | one",
                "for (var one : list) { | one",
                "{ int one; } | ~~",
                "list.forEach(one -> { int two = 1; | one,two",
                "if (a instanceof String one) { | one",
                "try (var one = open()) { one.read(); } catch (IOException two) { | two",
                "int one = | ~~",
                "}}} ((( | ~~"
            })
    void should_see_what_is_in_scope_when_code_is_unfinished(String code, String names) {
        assertThat(String.join(",", LocalNames.at(code))).isEqualTo(names);
    }
}
