"""The kernel in its own process: what an error shows."""

import re

from live_kernel import KernelTest


class Errors(KernelTest):
    def failed(self, code):
        cell = self.run_cell(code)
        self.assertEqual("error", cell.status)
        cell.plain = re.sub(r"\x1b\[[0-9;]*m", "", cell.traceback).splitlines()
        cell.here = f"Cell In[{cell.reply['execution_count']}]"
        return cell

    def test_only_bold_red_and_the_readers_own_colour(self):
        codes = set(re.findall(r"\x1b\[([0-9;]*)m", self.failed("int z = 0;\n1 / z").traceback))
        self.assertEqual({"1;31", "0"}, codes)

    def test_line_and_source_of_each_frame_of_the_user(self):
        define = self.run_cell("\nint half(int n) {\n  return n / 0;\n}")
        cell = self.failed("int one = 1;\n\nhalf(one)")
        there = f"Cell In[{define.reply['execution_count']}]"
        self.assertEqual(
            ["ArithmeticException: / by zero", f"{there}, line 3 in half", "--> 3    return n / 0;", f"{cell.here}, line 3", "--> 3  half(one)"],
            cell.plain,
        )

    def test_frames_of_libraries_are_one_line(self):
        cell = self.failed('List.of("1", "x").stream().map(s -> Integer.parseInt(s)).toList()')
        self.assertEqual('NumberFormatException: For input string: "x"', cell.plain[0])
        self.assertRegex(cell.plain[1], r"^    \d frames, from java.lang.Integer.parseInt to java.lang.NumberFormatException.forInputString$")
        self.assertEqual(f"{cell.here}, line 1 in a lambda", cell.plain[2])
        self.assertRegex(cell.plain[4], r"^    \d+ frames, from java.util.stream")
        self.assertEqual(f"{cell.here}, line 1", cell.plain[5])

    def test_names_are_the_users(self):
        cell = self.failed(
            "class Outer {\n  static class Inner { Inner() { throw new IllegalArgumentException(); } }\n  Runnable r = new Runnable() {\n"
            "    public void run() { new Inner(); } };\n}\nnew Outer().r.run()"
        )
        places = [line for line in cell.plain if line.startswith("Cell")]
        self.assertEqual(
            [f"{cell.here}, line 2 in new Outer.Inner", f"{cell.here}, line 4 in an anonymous class, run", f"{cell.here}, line 6"],
            [place.replace("Outer.an", "an").replace(" in Outer.", " in ") if "anonymous" in place else place for place in places],
        )
        self.assertNotIn("REPL", cell.traceback)
        self.assertNotIn("REPL", self.failed('class Mine {}\nMine mine = (Mine) (Object) "s";').traceback)

    def test_causes_and_suppressed(self):
        cell = self.failed(
            'try { Integer.parseInt("x"); } catch (NumberFormatException e) {\n  var outer = new IOException("outer", e);\n'
            '  outer.addSuppressed(new IllegalStateException("aside"));\n  throw outer; }'
        )
        self.assertEqual("java.io.IOException: outer", cell.plain[0])
        self.assertIn('Caused by: NumberFormatException: For input string: "x"', cell.plain)
        self.assertIn("Suppressed: IllegalStateException: aside", cell.plain)

    def test_caret_stands_under_the_code(self):
        cell = self.failed('int fine = 1;\nString s =\t"😀" + missing;')
        line = cell.plain.index('--> 2  String s =\t"😀" + missing;')
        self.assertEqual(f"{cell.here}, line 2", cell.plain[line - 1])
        self.assertEqual(" " * len("--> 2  String s =") + "\t" + " " * len('"x" + ') + "^" * len("missing"), cell.plain[line + 1])
        self.assertNotIn("location:", cell.traceback)

    def test_caret_after_line_ten(self):
        cell = self.failed("\n" * 10 + "int wrong = nothing;")
        line = cell.plain.index("--> 11  int wrong = nothing;")
        self.assertEqual(" " * len("--> 11  int wrong = ") + "^" * len("nothing"), cell.plain[line + 1])

    def test_error_over_several_lines_is_marked_on_its_first(self):
        cell = self.failed('int sum =\n  "a"\n  + "b";')
        self.assertTrue(any(set(line.strip()) == {"^"} for line in cell.plain), cell.plain)

    def test_exception_whose_message_fails(self):
        cell = self.failed('class Rude extends RuntimeException { public String getMessage() { throw new Error("x"); } }\nthrow new Rude();')
        self.assertEqual("Rude", cell.reply["ename"])
        self.assertIn("getMessage() threw java.lang.Error", cell.reply["evalue"])

    def test_many_errors_are_cut(self):
        cell = self.failed("void many() {\n" + "  int = ;\n" * 12 + "}")
        self.assertLess(len(cell.plain), 30)

    def test_xmode_chooses_how_much_is_shown(self):
        self.run_cell("int half(int n) {\n  return n / 0;\n}")
        shown = {}
        try:
            for mode in ("full", "context", "plain", "minimal"):
                self.assertEqual(f"errors show: {mode}", self.run_cell(f"%xmode {mode}").result)
                shown[mode] = self.failed("half(1)")
        finally:
            self.run_cell("%xmode context")
        self.assertIn("org.spdbook.kernel", shown["full"].traceback)
        self.assertIn("--> 2", shown["context"].traceback)
        self.assertNotIn("org.spdbook.kernel", shown["context"].traceback)
        self.assertNotRegex(shown["plain"].traceback, "-->|\x1b")
        self.assertEqual(2, len(shown["minimal"].plain), shown["minimal"].plain)

    def test_xmode_asks_what_was_meant(self):
        self.assertIn("did you mean full?", self.failed("%xmode ful").reply["evalue"])
        self.assertEqual("errors show: context", self.run_cell("%xmode").result)
