"""Help while a cell is written, as a front-end sees it: completion, inspection, whether a cell is complete."""


import tempfile
import time
import zipfile
from pathlib import Path

from live_kernel import PATIENCE, KernelTest


class Editing(KernelTest):
    def ask(self, name, marked, **arguments):
        """Asks at the place of the | in the code."""
        cursor = marked.index("|")
        code = marked.replace("|", "", 1)
        return self.request(name, code=code, cursor_pos=cursor, **arguments)


class Completion(Editing):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.execute_interactive(
            'int abc = 1; String abs = "x"; int twice(int n) { return 2 * n; }', timeout=PATIENCE
        )

    def complete(self, marked):
        return self.ask("complete", marked)

    def types(self, marked):
        found = self.complete(marked)["metadata"]["_jupyter_types_experimental"]
        return {one["text"]: one for one in found}

    def test_what_fits_comes_first(self):
        self.assertEqual(["abc", "abs"], self.complete("int v = ab|")["matches"][:2])
        self.assertEqual(["abs", "abc"], self.complete("String v = ab|")["matches"][:2])

    def test_no_match_comes_twice(self):
        for code in ("abs.|", "new Arr|", "|", "System.out::pr|"):
            matches = self.complete(code)["matches"]
            self.assertEqual(len(set(matches)), len(matches), code)
            self.assertLessEqual(len(matches), 500)

    def test_kinds_and_signatures(self):
        for code, name, kind in (
            ("ab|", "abc", "variable"),
            ("abs.le|", "length()", "method"),
            ("Math.P|", "PI", "field"),
            ("ArrayL|", "ArrayList", "class"),
            ("retu|", "return", "keyword"),
            ("%lsm|", "lsmagic", "magic"),
            ("%history -|", "-n", "option"),
        ):
            self.assertEqual(kind, self.types(code)[name]["type"], code)
        self.assertEqual("(int n)", self.types("twi|")["twice("]["signature"])

    def test_earlier_lines_of_the_same_cell_are_known(self):
        found = self.complete('var early = "";\n%lsmagic\nearly.toUpp|\nint later = 1;')
        self.assertEqual(["toUpperCase("], found["matches"])

    def test_local_variables_are_known(self):
        self.assertIn("inner", self.complete("for (int inner = 0; inn|")["matches"])
        self.assertIn("given", self.complete("int f(int given) {\n  return giv|")["matches"])

    def test_positions_are_code_points(self):
        found = self.complete('String s = "😀😀"; abs.toUpp|; // 😀')
        self.assertEqual(["toUpperCase("], found["matches"])
        self.assertEqual(len('String s = "😀😀"; abs.'), found["cursor_start"])
        self.assertEqual(len('String s = "😀😀"; abs.toUpp'), found["cursor_end"])

    def test_classes_that_are_not_imported_come_with_their_package(self):
        until = time.monotonic() + PATIENCE
        while not self.complete("HttpCl|")["matches"] and time.monotonic() < until:
            pass  # the names are being read
        self.assertIn("java.net.http.HttpClient", self.complete("HttpCl|")["matches"])
        self.assertIn("java.net.http.HttpClient", self.complete("import HttpCl|")["matches"])
        self.assertNotIn("java.util.ArrayList", self.complete("ArrayLi|")["matches"])

    def test_packages_are_completed_once_the_class_path_is_read(self):
        until = time.monotonic() + PATIENCE
        matches = []
        while not matches and time.monotonic() < until:
            matches = self.complete("import java.ut|")["matches"]
        self.assertEqual(["util."], matches)
        self.assertEqual("package", self.types("import java.ut|")["util."]["type"])

    def test_java_inside_of_magics(self):
        self.assertEqual(["toUpperCase("], self.complete("%time abs.toUpp|")["matches"])
        self.assertEqual(["toUpperCase("], self.complete("%%time\nint a = 1;\nabs.toUpp|")["matches"])

    def test_file_names_in_magics(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "one file.java").touch()
            found = self.complete(f"%load {folder}/on|")
            self.assertEqual([f"{folder}/one\\ file.java"], found["matches"])
            self.assertEqual(len("%load "), found["cursor_start"])
            self.assertEqual([f'"{folder}/one file.java"'], self.complete(f'%load "{folder}/on|')["matches"])

    def test_file_names_in_strings(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "one file.txt").touch()
            Path(folder, "one folder").mkdir()
            found = self.complete(f'Path.of("{folder}/one|").toFile()')
            self.assertEqual([f"{folder}/one file.txt", f"{folder}/one folder/"], found["matches"])

    def test_nothing_in_comments_and_text_blocks(self):
        for code in ("// ab|", "int a = 1; /* ab|", 'String s = """\nab|'):
            self.assertEqual([], self.complete(code)["matches"], code)

    def test_broken_code_does_no_harm(self):
        for code in ("}}}|", "x ? : .|", "((|", '"|', "'|", "%|", "%%|", "\0|", "class {|", "a..|", "|"):
            self.assertEqual("ok", self.complete(code)["status"], code)

    def test_each_prefix_of_a_cell_is_answered(self):
        cell = 'var list = new ArrayList<String>();\nfor (var s : list) { System.out.println(s.trim()); }\n%lsmagic'
        for end in range(len(cell) + 1):
            self.assertEqual("ok", self.complete(cell[:end] + "|" + cell[end:])["status"], cell[:end])

    def test_without_a_position_the_end_is_meant(self):
        message = self.client.session.msg("complete_request", {"code": "abs.toUpp"})
        self.client.shell_channel.send(message)
        reply = self.reply_to(message["header"]["msg_id"])
        self.assertEqual(["toUpperCase("], reply["matches"])


class Inspection(Editing):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.execute_interactive(
            'String word = "abc";\n/** Doubles {@code n} < 3.\n * @param n any */\nint twice(int n) { return 2 * n; }',
            timeout=PATIENCE,
        )
        cls.sources = cls("run_cell").run_cell(
            'Files.isReadable(Path.of(System.getProperty("java.home"), "lib", "src.zip"))'
        ).result == "true"

    def text(self, marked, form="text/plain", **arguments):
        reply = self.ask("inspect", marked, **arguments)
        self.assertTrue(reply["found"], marked)
        return reply["data"][form]

    def test_of_a_variable_type_and_value(self):
        self.assertEqual('String word\nValue: "abc"', self.text("wo|rd.length()"))
        self.assertEqual('String word\nValue: "abc"', self.text("word.|"))

    def test_of_a_method_its_comment_in_three_forms(self):
        self.assertEqual("int twice(int n)\n\nDoubles n < 3.\n- n - any", self.text("twi|ce(1)"))
        self.assertIn("```java\nint twice(int n)\n```", self.text("twice|", "text/markdown"))
        self.assertIn("Doubles `n` \\< 3.", self.text("twice|", "text/markdown"))
        self.assertIn("Doubles <code>n</code> &lt; 3.", self.text("twice|", "text/html"))

    def test_inside_arguments_of_the_method(self):
        self.assertIn("int twice(int n)", self.text("twice(|)"))
        shown = self.text("word.substring(1, |)")
        self.assertIn("int endIndex", shown)
        self.assertNotIn("substring(int beginIndex)", shown)

    def test_source_when_asked(self):
        self.assertIn("return 2 * n;", self.text("twice|", detail_level=1))
        self.assertNotIn("return 2 * n;", self.text("twice|"))

    def test_of_a_magic(self):
        self.assertIn("SESSIONS", self.text("int a = 1;\n%hist|ory -n 3".replace("hist|ory -n 3", "history -n 3|")))

    def test_of_nothing(self):
        for code in ("nowhere|", "|", "// word|", "1 + |"):
            self.assertFalse(self.ask("inspect", code)["found"], code)

    def test_a_value_that_cannot_be_shown_does_no_harm(self):
        self.run_cell('class Bad { public String toString() { throw new RuntimeException("no"); } }\nvar bad = new Bad();')
        self.assertIn("failed", self.text("bad|"))

    def test_documentation_of_the_jdk(self):
        if not self.sources:
            self.skipTest("this JDK comes without src.zip")
        self.assertIn("Returns an empty", self.text("Optional.emp|ty()"))
        self.assertIn("ordered collection", self.text("Li|st"))
        self.assertIn("initial capacity", self.text("new ArrayList<String>(|"))
        self.assertIn("<code>", self.text("word.subst|ring", "text/html"))

    def test_documentation_of_a_jar_with_its_sources_beside_it(self):
        with tempfile.TemporaryDirectory() as folder:
            source = "package lib; public class Lib {\n/** Greets. */\npublic static String greet(String name) { return name; } }"
            Path(folder, "lib").mkdir()
            Path(folder, "lib", "Lib.java").write_text(source)
            made = self.run_cell(
                f'javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, "{folder}/lib/Lib.java")'
            )
            self.assertEqual("0", made.result)
            with zipfile.ZipFile(Path(folder, "lib-1.jar"), "w") as jar:
                jar.write(Path(folder, "lib", "Lib.class"), "lib/Lib.class")
            with zipfile.ZipFile(Path(folder, "lib-1-sources.jar"), "w") as jar:
                jar.write(Path(folder, "lib", "Lib.java"), "lib/Lib.java")
            added = self.run_cell(f"%classpath {folder}/lib-1.jar")
            self.assertEqual("ok", added.status)
            self.assertIn("Greets.", self.text("lib.Lib.gre|et"))
            self.assertIn("lib.Lib", self.ask("complete", "Li|b")["matches"])


class Completeness(Editing):
    def test_status_and_indent(self):
        for code, status, indent in (
            ("1 + 1", "complete", None),
            ("", "complete", None),
            ("int f() {", "incomplete", 4),
            ("class A {\n    void f() {\n        if (true) {", "incomplete", 12),
            ("list.forEach(one -> {", "incomplete", 4),
            ("int a = 1 +", "incomplete", 4),
            ('String s = """', "incomplete", 0),
            ("/* open", "incomplete", 0),
            ("int a = ;", "invalid", None),
            ("x ][ 1", "invalid", None),
            ("%lsmagic", "complete", None),
            ("%%html\n<b>a</b>", "incomplete", 0),
            ("%%html\n<b>a</b>\n", "complete", None),
        ):
            reply = self.reply_to(self.client.is_complete(code))
            self.assertEqual(status, reply["status"], code)
            self.assertEqual(indent, len(reply["indent"]) if "indent" in reply else None, code)


class ImportSuggestions(Editing):
    def test_an_unknown_class_gets_its_import(self):
        for code, line in (
            ("HttpClient c = null;", "import java.net.http.HttpClient;"),
            ('Duration.parse("PT1S")', "import java.time.Duration;"),
        ):
            until = time.monotonic() + PATIENCE
            text = ""
            while line not in text and time.monotonic() < until:  # the class path is being read at first
                cell = self.run_cell(code)
                self.assertEqual("error", cell.status)
                text = cell.traceback
            self.assertIn(line, text)
        reply = self.ask("inspect", "HttpCl|ient.newHttpClient()")
        self.assertIn("import java.net.http.HttpClient;", reply["data"]["text/plain"])
