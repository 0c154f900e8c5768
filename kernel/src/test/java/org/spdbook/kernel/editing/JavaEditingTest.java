package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.editing.Completer.Completions;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.shell.CellClasses;
import org.spdbook.kernel.shell.CellException;
import org.spdbook.kernel.shell.JavaShell;

/** Completion and inspection by a session in this process. */
class JavaEditingTest {

    private static JavaShell shell;
    private static Completer completer;
    private static Inspector inspector;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void open() throws CellException, IOException {
        CellClasses classes = new CellClasses("", List.of());
        shell = new JavaShell(classes);
        Magics magics = new Magics(classes.loader());
        completer = new Completer(shell, magics, () -> folder);
        inspector = new Inspector(shell, magics);
        shell.addToClassPath(List.of(library()));
        while (texts("HttpCl|").isEmpty()) {
            LockSupport.parkNanos(50_000_000); // the names of all classes are being read
        }
        shell.run("int abc = 1;", 1, 1);
        shell.run("String abs = \"x\";", 1, 1);
        shell.run("/** Doubles {@code n}.\n @param n any */ int twice(int n) { return 2 * n; }", 1, 1);
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    /** A jar with its sources beside it, as Maven keeps them. */
    private static Path library() throws IOException {
        String above = "package lib; public class Above { /** Greets a <b>person</b>. */ "
                + "public String greet(String name) { return name; } }";
        String below =
                "package lib; public class Below extends Above { public String greet(String name) { return name; } }";
        Path sources = Files.createDirectories(folder.resolve("src/lib"));
        Files.writeString(sources.resolve("Above.java"), above);
        Files.writeString(sources.resolve("Below.java"), below);
        Files.writeString(sources.resolve("Hidden.java"), "package lib; class BelowHidden { }");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        sources.resolve("Above.java").toString(),
                        sources.resolve("Below.java").toString(),
                        sources.resolve("Hidden.java").toString());
        assertThat(status).isZero();
        pack(folder.resolve("lib-1-sources.jar"), folder.resolve("src"), "Above.java", "Below.java");
        return pack(folder.resolve("lib-1.jar"), classes, "Above.class", "Below.class", "BelowHidden.class");
    }

    private static Path pack(Path jar, Path root, String... files) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String file : files) {
                out.putNextEntry(new JarEntry("lib/" + file));
                out.write(Files.readAllBytes(root.resolve("lib").resolve(file)));
            }
        }
        return jar;
    }

    /** The completions at the {@code |} of a cell. */
    private static Completions complete(String marked) {
        int cursor = marked.indexOf('|');
        return completer.complete(marked.replace("|", ""), cursor);
    }

    private static List<String> texts(String marked) {
        return complete(marked).candidates().stream().map(Candidate::text).toList();
    }

    private static Optional<Candidate> named(String marked, String text) {
        return complete(marked).candidates().stream()
                .filter(one -> one.text().equals(text))
                .findFirst();
    }

    private static Optional<String> help(String marked) {
        int cursor = marked.indexOf('|');
        return inspector.inspect(marked.replace("|", ""), cursor, false).map(DisplayBundle::plain);
    }

    @Test
    void should_put_first_what_fits_when_a_type_is_expected() {
        assertThat(texts("int v = ab|")).startsWith("abc", "abs");
        assertThat(texts("String v = ab|")).startsWith("abs", "abc");
    }

    @Test
    void should_put_own_names_first_when_nothing_is_expected() {
        assertThat(texts("|").subList(0, 3)).containsExactly("abc", "abs", "twice(");
        assertThat(texts("|")).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void should_put_last_what_every_object_has_when_members_are_asked() {
        List<String> members = texts("abs.|");
        assertThat(members.indexOf("wait(")).isGreaterThan(members.indexOf("trim()"));
        assertThat(members).doesNotHaveDuplicates().contains("toUpperCase(").doesNotContain("toUpperCase()");
    }

    @Test
    void should_know_earlier_lines_when_the_cell_did_not_run_yet() {
        assertThat(texts("String early = \"\";\nint n = 1;\nearly.toUpp|")).containsExactly("toUpperCase(");
        assertThat(texts("String early = \"\";\n%lsmagic\nString other = ear|")).contains("early");
        assertThat(texts("record Pair(int left, int right) {}\nnew Pair(1, 2).le|"))
                .contains("left()");
    }

    @Test
    void should_replace_from_the_word_when_the_cursor_is_inside_a_cell() {
        Completions found = complete("int a = 1; abs.toUpp|; int b = 2;");
        assertThat(found.start()).isEqualTo("int a = 1; abs.".length());
        assertThat(found.candidates()).extracting(Candidate::text).containsExactly("toUpperCase(");
    }

    @Test
    void should_tell_kinds_when_names_are_of_many() {
        assertThat(named("ab|", "abc"))
                .hasValueSatisfying(one -> assertThat(one.type()).isEqualTo("variable"));
        assertThat(named("Math.P|", "PI"))
                .hasValueSatisfying(one -> assertThat(one.type()).isEqualTo("field"));
        assertThat(named("ArrayLi|", "ArrayList"))
                .hasValueSatisfying(one -> assertThat(one.type()).isEqualTo("class"));
        assertThat(named("retu|", "return"))
                .hasValueSatisfying(one -> assertThat(one.type()).isEqualTo("keyword"));
        assertThat(named("Map.En|", "Entry"))
                .hasValueSatisfying(one -> assertThat(one.type()).isEqualTo("class"));
        assertThat(named("abs.le|", "length()"))
                .hasValueSatisfying(one -> assertThat(one.type()).isEqualTo("method"));
        assertThat(named("java.ut|", "util.").map(Candidate::type).orElse("package"))
                .isEqualTo("package");
    }

    @Test
    void should_show_parameters_when_methods_are_few() {
        assertThat(named("twi|", "twice("))
                .hasValueSatisfying(one -> assertThat(one.signature()).isEqualTo("(int n)"));
    }

    @Test
    void should_give_the_package_too_when_a_class_is_not_imported() {
        assertThat(texts("HttpCl|")).contains("java.net.http.HttpClient");
        assertThat(texts("new HttpCl|")).contains("java.net.http.HttpClient");
        assertThat(texts("Belo|")).containsExactly("lib.Below");
        assertThat(texts("ArrayLis|")).contains("ArrayList").doesNotContain("java.util.ArrayList");
    }

    @Test
    void should_give_file_names_when_the_cursor_is_in_a_string() throws IOException {
        Files.writeString(folder.resolve("a file.txt"), "");
        assertThat(texts("Files.readString(Path.of(\"" + folder + "/a |\"))")).containsExactly(folder + "/a file.txt");
        assertThat(texts("String s = \"\"\"\n/et|")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// ab|",
                "/* ab|",
                "int a; // ab|",
                "'a|",
                "|",
                "}}}|",
                "x ? : .|",
                "\"|",
                "\u0000|",
                "%|",
                "%%|",
                "a.b.c.|"
            })
    void should_not_fail_when_code_is_broken(String marked) {
        assertThat(complete(marked).start()).isBetween(0, marked.length());
        assertThat(help(marked)).isNotNull();
    }

    @Test
    void should_show_type_and_value_when_a_variable_is_inspected() {
        assertThat(help("ab|s.length()")).hasValue("String abs\nValue: \"x\"");
        assertThat(help("abs.|")).hasValue("String abs\nValue: \"x\"");
    }

    @Test
    void should_show_its_comment_when_a_method_of_a_cell_is_inspected() {
        assertThat(help("twi|ce(4)")).hasValue("int twice(int n)\n\nDoubles n.\n- n - any");
        assertThat(help("twice(|)")).isEqualTo(help("twi|ce(4)"));
    }

    @Test
    void should_show_the_overloads_that_fit_when_arguments_are_typed() {
        assertThat(help("abs.substring(1, |").orElseThrow())
                .contains("substring(int beginIndex, int endIndex)")
                .doesNotContain("substring(int beginIndex)");
        assertThat(help("Math.max(twice(2), |").orElseThrow()).contains("int Math.max(int a, int b)");
    }

    @Test
    void should_use_the_sources_when_they_are_beside_the_jar() {
        assertThat(help("new lib.Above().gre|et(\"\")"))
                .hasValue("String lib.Above.greet(String name)\n\nGreets a person.");
        assertThat(help("new lib.Below().gre|et(\"\")").orElseThrow()).contains("Greets a person.");
    }

    @Test
    void should_show_the_source_when_detail_is_asked() {
        String code = "new lib.Above().greet";
        DisplayBundle more = inspector.inspect(code, code.length(), true).orElseThrow();
        assertThat(more.plain()).contains("return name;");
        assertThat(more.data()).containsKeys("text/html", "text/markdown");
    }

    @Test
    void should_find_nothing_when_there_is_nothing() {
        assertThat(help("nowhere|")).isEmpty();
        assertThat(help("|")).isEmpty();
        assertThat(help("// abc|")).isEmpty();
    }

    @Test
    void should_show_documentation_of_the_jdk_when_it_has_its_sources() {
        assumeTrue(new SourceFiles().of(String.class).isPresent(), "this JDK comes without src.zip");
        assertThat(help("Optional.emp|ty()").orElseThrow()).contains("Returns an empty");
        assertThat(help("new ArrayLi|st<String>()").orElseThrow()).contains("initial capacity");
        assertThat(help("List|").orElseThrow())
                .startsWith("interface java.util.List<E>")
                .contains("ordered collection");
        assertThat(help("Integer.MAX_|VALUE").orElseThrow()).contains("maximum value");
        assertThat(help("java.util.concurrent.TimeUnit.SECO|NDS").orElseThrow()).contains("one second");
    }
}
