package org.spdbook.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatesTest {

    @Test
    void should_read_all_forms_when_coordinates_are_typed() throws Exception {
        assertThat(Coordinates.read("g.h:a")).hasToString("g.h:a:jar:");
        assertThat(Coordinates.read("g:a:1.0")).hasToString("g:a:jar:1.0");
        assertThat(Coordinates.read("g:a:[1,2)")).hasToString("g:a:jar:[1,2)");
        assertThat(Coordinates.read("g:a:pom:1.0")).hasToString("g:a:pom:1.0");
        assertThat(Coordinates.read("g:a:jar:linux:1.0")).hasToString("g:a:jar:linux:1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g", "g:", ":a:1", "g::1", "g:a:b:c:d:e", "g:a b:1"})
    void should_say_what_a_library_is_when_coordinates_are_none(String typed) {
        assertThatThrownBy(() -> Coordinates.read(typed))
                .isInstanceOf(MavenException.class)
                .hasMessageStartingWith("a library is group:artifact:version")
                .hasMessageEndingWith("got " + typed);
    }

    @Test
    void should_read_lines_and_elements_when_a_cell_holds_them() {
        assertThat(Coordinates.lines("# all\ng:a:1 # one\n\n  g:b:2\n")).containsExactly("g:a:1", "g:b:2");
        assertThat(Coordinates.lines("<dependencies><dependency> <groupId>g</groupId>\n<artifactId>a</artifactId>"
                        + "<version> 1 </version><scope>test</scope></dependency>\n<dependency><groupId>g</groupId>"
                        + "<artifactId>b</artifactId><version>2</version><classifier>c</classifier></dependency>"))
                .containsExactly("g:a:1", "g:b:jar:c:2");
    }
}
