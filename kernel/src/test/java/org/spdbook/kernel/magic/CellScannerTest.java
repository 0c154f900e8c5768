package org.spdbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.spdbook.kernel.shell.CellClasses;
import org.spdbook.kernel.shell.JavaShell;

class CellScannerTest {

    private static JavaShell shell;

    @BeforeAll
    static void open() {
        shell = new JavaShell(new CellClasses("", List.of()));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    private static java.util.List<CellScanner.Piece> scan(String cell) {
        return new CellScanner(shell).scan(cell);
    }

    @Test
    void should_find_magics_when_they_stand_between_java() {
        var pieces = scan("int a = 7;\n%spd runs --json\n// a comment\nint b = a % 3;\n");

        assertThat(pieces)
                .extracting(piece -> piece.source().strip())
                .containsExactly("int a = 7;", "%spd runs --json", "int b = a % 3;");
        assertThat(pieces).extracting(CellScanner.Piece::magic).containsExactly(false, true, false);
        assertThat(pieces).extracting(CellScanner.Piece::line).containsExactly(1, 2, 4);
    }

    @Test
    void should_leave_java_alone_when_a_percent_sign_is_inside_it() {
        String block = "String s = \"\"\"\n%spd train\n%%sh\n\"\"\";";
        assertThat(scan(block)).singleElement().matches(piece -> !piece.magic());
        String split = "int r = 7\n%\n3;";
        assertThat(scan(split)).singleElement().matches(piece -> piece.source().equals(split));
    }

    @Test
    void should_take_the_rest_of_the_cell_when_a_magic_begins_with_two_signs() {
        assertThat(scan("int a;\n%%spd train\nlr = 1e-3\n%spd runs"))
                .extracting(CellScanner.Piece::source)
                .containsExactly("int a;", "%%spd train\nlr = 1e-3\n%spd runs");
    }

    @Test
    void should_join_lines_when_a_magic_ends_with_a_backslash() {
        assertThat(scan("%spd train emoji \\\n  --on noto\nint a;"))
                .extracting(CellScanner.Piece::source)
                .containsExactly("%spd train emoji \\\n  --on noto", "int a;");
    }

    @Test
    void should_give_nothing_when_a_cell_has_only_comments() {
        assertThat(scan("  // one\n/* two\n %spd */\n")).isEmpty();
    }

    @Test
    void should_be_quiet_when_java_ends_with_a_semicolon() {
        assertThat(scan("1 + 1;  ").get(0).isQuiet()).isTrue();
        assertThat(scan("1 + 1").get(0).isQuiet()).isFalse();
    }
}
