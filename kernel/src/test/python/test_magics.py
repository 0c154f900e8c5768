"""The standard magics in a kernel of its own process."""

import http.server
import json
import tempfile
import threading
import time
from pathlib import Path

from live_kernel import KernelTest


class MagicTest(KernelTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.ok(f"%cd '{self.folder}'")

    def ok(self, code, **options):
        cell = self.run_cell(code, **options)
        self.assertEqual("ok", cell.status, f"{code}\n{cell.traceback}")
        return cell

    def fails(self, code, **options):
        cell = self.run_cell(code, **options)
        self.assertEqual("error", cell.status, code)
        return cell

    def completions(self, code):
        return self.request("complete", code=code, cursor_pos=len(code))["matches"]


class Lines(MagicTest):
    def test_java_in_braces_becomes_a_part_of_one_word(self):
        self.ok("String name = \"two words\"; int n = 3;")
        self.ok("%%writefile {name}-{n + 1}.txt\ntext")
        self.assertEqual("text\n", (self.folder / "two words-4.txt").read_text())

    def test_braces_and_quotes_inside_the_expression_do_not_end_it(self):
        self.ok("%%writefile {java.util.Map.of(\"a}\", new int[] {7}[0]).get(\"a}\")}.txt\n")
        self.assertTrue((self.folder / "7.txt").exists())

    def test_doubled_and_single_quoted_braces_stay(self):
        self.ok("%%writefile {{a}}'{b}'\n")
        self.assertTrue((self.folder / "{a}{b}").exists())

    def test_error_of_the_expression_is_that_of_the_cell_with_its_line(self):
        cell = self.fails("int fine = 1;\n%cd {1 / (fine - 1)}")
        self.assertEqual("ArithmeticException", cell.reply["ename"])
        self.assertIn("line 2", cell.traceback)
        self.assertIn("gives no value", self.fails("%cd {(Object) null}").reply["evalue"])
        self.assertIn("is not closed", self.fails("%cd {fine").reply["evalue"])

    def test_near_option_is_named(self):
        self.assertIn("did you mean --offline?", self.fails("%maven --ofline a:b:1").reply["evalue"])
        self.assertIn("it has -n, -r", self.fails("%timeit -t 3 1 + 1").reply["evalue"])

    def test_wrong_use_shows_the_right_one(self):
        self.assertIn("%%writefile [-a] FILE", self.fails("%%writefile\n").reply["evalue"])
        self.assertIn("%sh COMMAND", self.fails("%sh").reply["evalue"])

    def test_every_magic_has_one_line_and_help(self):
        listed = [line.split()[0] for line in self.ok("%lsmagic").result.splitlines()[2:]]
        for name in ("%cd", "%classpath", "%load", "%maven", "%repo", "%sh", "%time", "%who", "%%html"):
            self.assertIn(name, listed)
        for name in listed:
            self.assertIn(name.strip("%"), self.ok(f"%help {name}").result)
        code = "%timeit "
        reply = self.request("inspect", code=code, cursor_pos=len(code))
        self.assertIn("-n LOOPS", reply["data"]["text/plain"])
        self.assertIn("did you mean %maven", self.fails("%help mavn").reply["evalue"])

    def test_options_and_files_are_completed(self):
        (self.folder / "some").mkdir()
        (self.folder / "some" / "part.jsh").write_text("1")
        (self.folder / "some" / "other.txt").write_text("1")
        self.assertEqual(["-n", "-r"], self.completions("%timeit -"))
        self.assertEqual(["some/"], self.completions("%load so"))
        self.assertEqual(["some/part.jsh"], self.completions("%load some/"))
        self.assertEqual(["some/"], self.completions("%cd s"))


class Files(MagicTest):
    def test_written_file_is_loaded_with_its_declarations(self):
        self.ok("%%writefile part.java\npackage some.where;\nint loaded(int n) {\n  return n * 2;\n}\n")
        self.assertEqual("42", self.ok("%load part.java\nloaded(21)").result)

    def test_added_text_goes_to_the_end(self):
        self.ok("%%writefile list.txt\none")
        self.ok("%%writefile -a list.txt\ntwo")
        self.assertEqual("one\ntwo\n", (self.folder / "list.txt").read_text())
        self.assertIn("no folder", self.fails("%%writefile nowhere/x.txt\n").reply["evalue"])

    def test_code_cells_of_a_notebook_run(self):
        cells = [
            {"cell_type": "markdown", "source": ["not Java"]},
            {"cell_type": "code", "source": ["int fromBook = 5;\n", "%sh echo seen"]},
            {"cell_type": "code", "source": "fromBook + 1"},
        ]
        (self.folder / "book.ipynb").write_text(json.dumps({"nbformat": 4, "cells": cells}))
        cell = self.ok("%load book.ipynb")
        self.assertEqual("6", cell.result)
        self.assertEqual("seen\n", cell.stream())
        (self.folder / "bad.ipynb").write_text("{}")
        self.assertIn("no Jupyter notebook", self.fails("%load bad.ipynb").reply["evalue"])

    def test_error_in_a_file_names_it(self):
        (self.folder / "bad.jsh").write_text("int one = 1;\nint two = one / 0;\n")
        cell = self.fails("%load bad.jsh")
        self.assertEqual("ArithmeticException", cell.reply["ename"])
        self.assertIn("bad.jsh", cell.traceback)

    def test_missing_file_names_a_near_one(self):
        (self.folder / "start.jsh").write_text("1")
        self.assertIn("did you mean start.jsh?", self.fails("%load strat.jsh").reply["evalue"])

    def test_file_that_loads_itself_is_refused(self):
        (self.folder / "loop.jsh").write_text("%load loop.jsh")
        self.assertIn("loads itself", self.fails("%load loop.jsh").reply["evalue"])

    def test_address_is_loaded(self):
        (self.folder / "web.jsh").write_text("int fromWeb = 8;\nfromWeb")

        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *arguments):
                pass

        server = http.server.HTTPServer(
            ("127.0.0.1", 0), lambda *all: Quiet(*all, directory=str(self.folder))
        )
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_port}"
        self.assertEqual("8", self.ok(f"%load {address}/web.jsh").result)
        self.assertIn("404", self.fails(f"%load {address}/none.jsh").reply["evalue"])

    def test_saved_cells_run_again(self):
        first = self.ok("int kept = 1;").reply["execution_count"]
        self.ok("%%sh\nexit 0")
        self.ok("kept += 10;")
        self.ok(f"%save part.jsh {first}-{first + 2}")
        self.assertIn("is there already", self.fails("%save part.jsh").reply["evalue"])
        self.ok("%reset -f\n%load part.jsh")
        self.assertEqual("11", self.ok("kept").result)
        self.ok("%save -f part.jsh")
        self.assertNotIn("%save -f", (self.folder / "part.jsh").read_text())
        self.assertIn("no cell", self.fails("%save -f x.jsh 9999").reply["evalue"])

    def test_folder_changes_and_goes_back(self):
        (self.folder / "sub").mkdir()
        self.assertEqual(str(self.folder / "sub"), self.ok("%cd sub").result)
        self.assertEqual(f"{self.folder / 'sub'}\n", self.ok("%sh pwd").stream())
        self.assertEqual(str(self.folder), self.ok("%cd -").result)
        self.assertEqual(str(self.folder), self.ok("%pwd").result)


class Shell(MagicTest):
    def test_both_streams_come_and_stdin_is_closed(self):
        cell = self.ok("%%sh\necho out\necho err >&2\ncat\necho é€😀")
        self.assertEqual("out\né€😀\n", cell.stream())
        self.assertEqual("err\n", cell.stream("stderr"))

    def test_much_error_output_does_not_block(self):
        cell = self.ok("%%sh\nseq 1 50000 >&2\nseq 1 50000")
        self.assertEqual(50000, len(cell.stream("stderr").splitlines()))
        self.assertEqual(50000, len(cell.stream().splitlines()))

    def test_output_comes_while_it_runs(self):
        cell, seconds = self.interrupt_once_printing("%sh echo now; sleep 60")
        self.assertEqual("error", cell.status)
        self.assertEqual("now\n", cell.stream())
        self.assertLess(seconds, 3)

    def test_exit_code_is_an_error(self):
        cell = self.fails("%sh exit 3")
        self.assertIn("exit code 3", cell.reply["evalue"])

    def test_interrupt_ends_the_whole_tree(self):
        cell, _ = self.interrupt_once_printing(
            "%%sh\nsh -c 'trap \"\" TERM; echo $$ > child; echo go; while true; do sleep 1; done' &\nwait"
        )
        self.assertEqual("error", cell.status)
        child = int((self.folder / "child").read_text())
        status = Path(f"/proc/{child}/stat")  # a zombie has ended too: it waits for somebody to ask how
        self.assertTrue(not status.exists() or status.read_text().rsplit(")")[-1].split()[0] in "ZX")
        self.assertEqual("2", self.ok("1 + 1").result)

    def test_background_process_does_not_hold_the_cell(self):
        began = time.monotonic()
        cell = self.ok("%%sh\nsleep 20 &\necho $!")
        self.assertLess(time.monotonic() - began, 10)
        self.run_cell(f"%sh kill {cell.stream().strip()}")

    def test_java_in_braces_but_not_what_is_the_shells(self):
        self.ok("int n = 4;")
        cell = self.ok("%sh X=5; echo {n + 1} ${X} '{n}' | awk '{print $1, $2, $3}'; { echo group; }")
        self.assertEqual("5 5 {n}\ngroup\n", cell.stream())

    def test_environment_is_that_of_the_children(self):
        self.ok("%env 'SPD_TEST=one two'")
        self.assertEqual("one two\n", self.ok('%sh echo "$SPD_TEST"').stream())
        self.assertEqual("one two", self.ok("%env SPD_TEST").result)
        self.assertIsNone(self.ok('System.getenv("SPD_TEST")').result)
        self.assertIn("SPD_TEST", self.ok("%env").result)
        self.ok("%env -d SPD_TEST")
        self.assertIn("no environment variable", self.fails("%env SPD_TEST").reply["evalue"])


class Declared(MagicTest):
    def test_declarations_are_listed(self):
        self.ok("%reset -f")
        self.assertEqual("nothing is declared yet", self.ok("%who").result)
        self.ok(
            "var list = List.of(1, 2);\nString text = \"a\\nb\";\nint[] numbers = new int[5];\n"
            "int twice(int n) { return 2 * n; }\nrecord Point(int x, int y) {}\nPoint none = null;"
        )
        shown = self.ok("%who").result
        for row in (
            r"list +List<Integer> +\S+ of 2",
            r'text +String +"a\\nb"',
            r"numbers +int\[\] +int\[5\]",
            r"twice +\(int\)int +method",
            r"Point +record",
            r"none +Point +null",
        ):
            self.assertRegex(shown, row)
        self.assertRegex(self.ok("%who List").result.splitlines()[2], "^list")
        self.assertEqual(3, len(self.ok("%who CharSequence").result.splitlines()))
        self.assertEqual("no variable is of type Nothing", self.ok("%who Nothing").result)

    def test_reset_forgets_declarations_and_keeps_imports(self):
        self.ok("import java.util.regex.*;\nint gone = 1;\nint goneToo() { return gone; }\nclass Gone {}")
        self.ok("%reset -f")
        self.assertEqual("CompilationError", self.fails("gone").reply["ename"])
        self.assertEqual("error", self.fails("new Gone()").status)
        self.ok('Pattern.compile("a")')

    def test_reset_frees_memory(self):
        self.ok(
            "byte[] big = new byte[1 << 20];\n"
            "System.getProperties().put(\"ref\", new java.lang.ref.WeakReference<>(big));"
        )
        self.ok("%reset -f")
        self.ok("System.gc();")
        freed = '((java.lang.ref.WeakReference<?>) System.getProperties().get("ref")).get() == null'
        self.assertEqual("true", self.ok(freed).result)

    def test_reset_asks(self):
        self.ok("int asked = 1;")
        answers = iter(["n", "y"])
        hook = {"allow_stdin": True, "stdin_hook": lambda message: self.client.input(next(answers))}
        self.assertIn("Nothing", self.ok("%reset", **hook).result)
        self.assertEqual("1", self.ok("asked").result)
        self.assertIn("Forgot", self.ok("%reset", **hook).result)
        self.ok("int left = 1;")
        self.assertIn("%reset -f", self.fails("%reset", allow_stdin=False).reply["evalue"])


class Times(MagicTest):
    def test_time_gives_the_value_and_prints_times(self):
        cell = self.ok("%time Math.max(1, 2)")
        self.assertEqual("2", cell.result)
        self.assertRegex(cell.stream(), r"^Wall time .* \(running .*\), CPU time .*\n$")

    def test_cell_is_timed_with_its_own_lines(self):
        cell = self.ok("%%time\nint timed = 0;\nfor (int i = 0; i < 10; i++) timed += i;\ntimed")
        self.assertEqual("45", cell.result)
        cell = self.fails("%%time\nint zero = 0;\nint bad = 1 / zero;")
        self.assertIn("line 3", cell.traceback)
        self.assertIn("Wall time", cell.stream())

    def test_timeit_measures_expressions_and_statements(self):
        self.ok("int counter = 0; double d = 2;")
        pattern = r"per loop \(mean ± s\.d\. of 2 runs, 50 loops each; best"
        for code in ("Math.sqrt(d)", "counter++;", "\"a\" + d", "System.out.flush()", "counter += 1; counter -= 1;"):
            self.assertRegex(self.ok(f"%timeit -n 50 -r 2 {code}").result, pattern, code)
        self.assertRegex(self.ok("%%timeit -n 50 -r 2\nint local = 0;\nlocal++;").result, pattern)
        self.assertEqual("150", self.ok("counter").result)  # one round of counter++ to warm up, two measured

    def test_timeit_finds_the_number_of_loops(self):
        self.assertRegex(self.ok("%timeit -r 1 Math.sqrt(2.5)").result, r"1 runs, [\d,]{5,} loops")

    def test_timeit_errors_show_the_code_as_typed(self):
        cell = self.fails("int ok = 1;\n%timeit nowhere + 1")
        self.assertIn("line 2", cell.traceback)
        self.assertIn("nowhere + 1", cell.traceback)

    def test_timeit_is_interrupted(self):
        self.ok("boolean first = true;")
        code = "%timeit -r 1000 if (first) { first = false; System.out.println(1); }"
        cell, seconds = self.interrupt_once_printing(code)
        self.assertEqual("error", cell.status)
        self.assertLess(seconds, 3)


class Shown(MagicTest):
    def test_body_is_shown_as_its_type(self):
        for name, kind, body, plain in (
            ("html", "text/html", "<b>bold &amp; so</b>", "bold & so"),
            ("markdown", "text/markdown", "# Title", "# Title"),
            ("svg", "image/svg+xml", "<svg><title>a dot</title></svg>", "a dot"),
            ("latex", "text/latex", "$x$", "$x$"),
            ("javascript", "application/javascript", "1", "JavaScript of 1 lines"),
        ):
            data = self.ok(f"%%{name}\n{body}").of("execute_result")[0]["data"]
            self.assertEqual(body, data[kind])
            self.assertEqual(plain, data["text/plain"])
