package org.spdbook.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JavaShellTest {

    private static JavaShell shell;

    @BeforeAll
    static void open() {
        shell = new JavaShell(new CellClasses("", List.of()));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @AfterEach
    void mode() {
        shell.errorMode(ErrorMode.CONTEXT);
    }

    private static List<String> error(String source, int cell) {
        CellException failed = catchThrowableOfType(CellException.class, () -> shell.run(source, cell, 1));
        return failed.traceback().stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
    }

    @Test
    void should_give_the_object_when_a_variable_is_named_or_assigned() throws CellException {
        shell.run("var list = new ArrayList<String>();", 1, 1);
        Object list = shell.run("list", 2, 1);
        assertThat(list).isInstanceOf(java.util.ArrayList.class).isSameAs(shell.run("list;", 3, 1));
        assertThat(shell.run("list = null", 4, 1)).isNull();
    }

    @Test
    void should_let_old_temporary_variables_go_when_there_are_many() throws CellException {
        shell.run("new int[0].length + 1", 1, 1);
        String first = "$" + (1 + number());
        shell.run("\"kept\"", 1, 1);
        assertThat(shell.variable(first)).contains("kept");
        for (int i = 0; i < 20; i++) {
            shell.run("1 + " + i, 2, 1);
        }
        assertThat(shell.variable(first)).isEmpty();
    }

    /** The number of the newest temporary variable. */
    private static int number() {
        for (int i = 1; ; i++) {
            if (shell.variable("$" + i).isPresent()
                    && shell.variable("$" + (i + 1)).isEmpty()) {
                return i;
            }
        }
    }

    @Test
    void should_tell_line_and_source_when_a_method_of_an_earlier_cell_throws() throws CellException {
        shell.run("int half(int n) {\n  return n / 0;\n}", 4, 3);
        assertThat(error("half(1)", 5))
                .containsExactly(
                        "ArithmeticException: / by zero",
                        "Cell In[4], line 4 in half",
                        "--> 4    return n / 0;",
                        "Cell In[5], line 1",
                        "--> 1  half(1)");
    }

    @Test
    void should_tell_the_line_when_an_expression_itself_throws() throws CellException {
        shell.run("int none = 0;", 1, 1);
        assertThat(error("1 / none", 8)).contains("Cell In[8], line 1", "--> 1  1 / none");
        assertThat(error("int given =\n  1 / none;", 8)).contains("Cell In[8], line 1");
        assertThat(error("if (none == 0)\n  throw new Error();", 8)).contains("Cell In[8], line 2");
    }

    @Test
    void should_show_as_much_as_the_mode_says() {
        String source = "List.of(1).forEach(i -> { throw new IllegalStateException(\"m\"); })";
        shell.errorMode(ErrorMode.MINIMAL);
        assertThat(error(source, 7)).containsExactly("IllegalStateException: m", "Cell In[7], line 1");
        shell.errorMode(ErrorMode.PLAIN);
        assertThat(error(source, 7)).hasSize(4).noneMatch(line -> line.startsWith("-->"));
        shell.errorMode(ErrorMode.FULL);
        assertThat(error(source, 7)).anyMatch(line -> line.contains("org.spdbook.kernel"));
    }

    @Test
    void should_put_the_caret_under_the_code_when_there_are_tabs_and_long_characters() {
        assertThat(error("String s =\t\"😀\" + missing;", 3))
                .containsExactly(
                        "CompilationError: cannot find symbol\n  symbol:   variable missing",
                        "Cell In[3], line 1",
                        "--> 1  String s =\t\"😀\" + missing;",
                        "                 \t      ^^^^^^^");
    }

    @Test
    void should_cut_the_trace_when_a_method_calls_itself_for_ever() throws CellException {
        shell.run("int deep(int n) { return 1 + deep(n + 1); }", 1, 1);
        assertThat(error("deep(0)", 2))
                .hasSizeLessThan(10)
                .anyMatch(line -> line.matches("    ... .* frames more like this"));
    }

    @Test
    void should_name_what_is_missing_when_a_method_is_called_too_early() throws CellException {
        shell.run("int early() { return late(3); }", 1, 1);
        assertThat(shell.takeNotes())
                .containsExactly(
                        "Method early uses what is not defined yet: method late(int). Define that before it is used.");
        assertThatThrownBy(() -> shell.run("early()", 2, 1)).hasMessageContaining("method late(int)");
        shell.run("int late(int n) { return n; }", 3, 1);
        assertThat(shell.run("early()", 4, 1)).isEqualTo(3);
        assertThat(shell.takeNotes()).isEmpty();
    }

    @Test
    void should_tell_when_a_variable_loses_its_value_with_its_type() throws CellException {
        shell.run("class Shape { int n; }", 1, 1);
        shell.run("Shape shape = new Shape();", 2, 1);
        shell.takeNotes();
        shell.run("class Shape { int n, m; }", 3, 1);
        assertThat(shell.takeNotes()).containsExactly("Variable shape is null now: its type Shape was defined anew.");
    }

    @Test
    void should_tell_when_preview_is_asked_of_a_jvm_without_it() {
        try (var previewing = new JavaShell(new CellClasses("", List.of()), true)) {
            assertThat(previewing.takeNotes()).singleElement().asString().contains("--enable-preview");
        }
    }

    @Test
    void should_fail_the_cell_when_it_calls_exit() {
        assertThat(error("System.exit(3)", 1).get(0)).startsWith("ExitCalled: System.exit(3) was called");
        assertThat(error("((Runnable) () -> Runtime.getRuntime().halt(1)).run()", 1)
                        .get(0))
                .contains("halt(1)");
        assertThat(error("Optional.of(4).ifPresent(System::exit)", 1).get(0)).contains("System.exit(4)");
    }

    @Test
    void should_know_imports_and_libraries_when_a_first_cell_needs_them() throws Exception {
        String library = Path.of(Test.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        try (var fresh = new JavaShell(new CellClasses(library, List.of()))) {
            assertThat(fresh.run("1 + 1", 1, 1)).isEqualTo(2);
            assertThat(fresh.run("List.of(1)", 1, 1)).isEqualTo(List.of(1));
            assertThat(fresh.run("org.junit.jupiter.api.Test.class.getSimpleName()", 1, 1))
                    .isEqualTo("Test");
        }
        try (var fresh = new JavaShell(new CellClasses("", List.of()))) {
            fresh.run("List<Integer> one() { return List.of(1); }", 1, 1);
            assertThat(fresh.run("one()", 1, 1)).isEqualTo(List.of(1));
        }
    }

    @Test
    void should_be_ready_when_prepared_to_the_end() throws Exception {
        try (var fresh = new JavaShell(new CellClasses("", List.of()))) {
            int steps = 1;
            while (fresh.prepare()) {
                steps++;
            }
            assertThat(steps).isGreaterThan(1);
            assertThat(fresh.imports()).contains("java.util.*");
            assertThat(fresh.prepare()).isFalse();
        }
    }
}
