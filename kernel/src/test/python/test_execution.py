"""The kernel in its own process: values, declarations, input, errors that must not end it, and ends that it must tell."""

import time
from unittest import TestCase

from jupyter_client.manager import start_new_kernel
from live_kernel import NAME, PATIENCE, KernelTest


class Values(KernelTest):
    def value(self, code):
        cell = self.run_cell(code)
        self.assertEqual("ok", cell.status, cell.traceback)
        return cell.result

    def test_assignments_and_names_have_the_value_of_the_variable(self):
        self.assertEqual("3", self.value("int x = 0;\nx = 3"))
        self.assertEqual("3", self.value("x"))
        self.assertEqual("8", self.value("x += 5"))
        self.assertEqual("8", self.value("x++"))
        self.assertEqual("9", self.value("x"))
        self.assertEqual("5", self.value("int[] cells = {1, 2}; cells[1] = 5"))

    def test_null_void_and_declarations_have_none(self):
        for code in ("(String) null", "System.gc()", "var declared = 5;", "int y = 3", "class C {}", "import java.net.*;"):
            self.assertIsNone(self.value(code), code)

    def test_values_of_types_without_a_name(self):
        self.assertEqual("anonymous 4", self.value('new Object() { int k = 4; public String toString() { return "anonymous " + k; } }'))
        self.assertEqual("4", self.value("var made = new Object() { int k = 4; };\nmade.k"))
        self.assertEqual("[1, a]", self.value('var both = List.of(1, "a");\nboth'))
        self.assertEqual("2", self.value("var pick = true ? 2 : \"b\";\npick"))
        self.assertEqual("local", self.value('Object local() { record Local() { public String toString() { return "local"; } } return new Local(); }\nlocal()'))
        self.assertEqual("inner", self.value('class Holder { private static class Inner { public String toString() { return "inner"; } } static Object make() { return new Inner(); } }\nHolder.make()'))

    def test_semicolon_may_be_left_out_at_the_end(self):
        self.assertIsNone(self.value("int open = 3"))
        self.assertEqual("IllegalStateException", self.run_cell("throw new IllegalStateException()").reply["ename"])


class Declarations(KernelTest):
    def ok(self, code):
        cell = self.run_cell(code)
        self.assertEqual("ok", cell.status, cell.traceback)
        return cell

    def test_what_refers_to_nothing_yet_is_a_warning_and_then_an_error_that_names_it(self):
        cell = self.ok("int early() { return late(3) + Later.N; }")
        self.assertIn("Method early uses what is not defined yet: method late(int), variable Later.", cell.stream("stderr"))
        failed = self.run_cell("early()")
        self.assertEqual("NotDefined", failed.reply["ename"])
        self.assertIn("method late(int)", failed.reply["evalue"])
        self.ok("class Later { static int N = 4; }\nint late(int n) { return n; }")
        self.assertEqual("7", self.ok("early()").result)

    def test_mutual_reference_in_one_cell_warns_of_nothing(self):
        cell = self.ok(
            "class Hen { Egg lay() { return new Egg(this); } }\nrecord Egg(Hen from) { Hen hatch() { return new Hen(); } }\n"
            "boolean even(int n) { return n == 0 || odd(n - 1); }\nboolean odd(int n) { return n != 0 && even(n - 1); }\n"
            "even(10) && new Hen().lay().hatch() != null"
        )
        self.assertEqual("true", cell.result)
        self.assertEqual("", cell.stream("stderr"))

    def test_methods_variables_and_records_are_replaced(self):
        self.ok("int scale() { return 1; }\nint twice() { return 2 * scale(); }")
        self.ok("int scale() { return 5; }")
        self.assertEqual("10", self.ok("twice()").result)
        self.ok("int v = 3;")
        self.assertEqual("text", self.ok('String v = "text";\nv').result)
        self.ok("record R(int a) {}")
        self.assertEqual("R[a=1, b=2]", self.ok("record R(int a, int b) {}\nnew R(1, 2)").result)

    def test_instances_stay_when_their_class_is_run_again_unchanged(self):
        self.ok("class Same { int n = 4; }")
        self.ok("Same same = new Same(); same.n = 9;")
        self.ok("class Same { int n = 4; }")
        self.assertEqual("9", self.ok("same.n").result)

    def test_variable_of_a_class_that_changed_is_told_to_be_null(self):
        self.ok("class Shape { int n; }\nShape shape = new Shape();")
        cell = self.ok("class Shape { int n, m; }")
        self.assertIn("Variable shape is null now: its type Shape was defined anew.", cell.stream("stderr"))
        self.assertEqual("true", self.ok("shape == null").result)


class Survival(KernelTest):
    def fails(self, code, name):
        cell = self.run_cell(code)
        self.assertEqual("error", cell.status)
        self.assertEqual(name, cell.reply["ename"])
        self.assertEqual("2", self.run_cell("1 + 1").result)
        return cell

    def test_exit_in_a_cell_is_an_error_of_the_cell(self):
        cell = self.fails("System.exit(3);", "ExitCalled")
        self.assertIn("System.exit(3) was called: the kernel goes on", cell.reply["evalue"])
        self.fails("Runtime.getRuntime().exit(1);", "ExitCalled")
        self.fails("Runtime.getRuntime().halt(1);", "ExitCalled")
        self.fails("java.util.function.IntConsumer leave = System::exit;\nleave.accept(4);", "ExitCalled")
        self.fails("class Leaver { static void leave() { System.exit(5); } }\nLeaver.leave();", "ExitCalled")

    def test_out_of_memory(self):
        self.fails("List<long[]> all = new ArrayList<>();\nwhile (true) all.add(new long[Integer.MAX_VALUE - 8]);", "OutOfMemoryError")
        self.run_cell("all = null;")

    def test_endless_recursion(self):
        self.run_cell("int deep(int n) { return 1 + deep(n + 1); }")
        cell = self.fails("deep(0)", "StackOverflowError")
        self.assertIn("frames more like this", cell.traceback)
        self.assertLess(len(cell.traceback.splitlines()), 20)

    def test_failing_static_part(self):
        self.run_cell('class Broken { static int n = Integer.parseInt("x"); }')
        first = self.fails("new Broken()", "ExceptionInInitializerError")
        self.assertIn("Caused by: ", first.traceback)
        self.assertIn("NumberFormatException", first.traceback)
        self.fails("new Broken()", "NoClassDefFoundError")

    def test_uncaught_exception_of_a_thread_is_told_with_its_line(self):
        cell = self.run_cell(
            'var failing = new Thread(() -> {\n  throw new IllegalStateException("alone"); }, "worker");\nfailing.start(); failing.join();'
        )
        self.assertIn("worker", cell.stream("stderr"))
        self.assertIn("alone", cell.stream("stderr"))


class Asking(KernelTest):
    def answering(self, code, answers):
        prompts = []
        left = list(answers)

        def hook(message):
            prompts.append(message["content"])
            self.client.input(left.pop(0))

        return self.run_cell(code, allow_stdin=True, stdin_hook=hook), prompts

    def test_scanner_and_reader(self):
        cell, _ = self.answering("var in = new Scanner(System.in); in.nextInt() + in.nextInt()", ["20", "22"])
        self.assertEqual("42", cell.result)
        cell, _ = self.answering("new BufferedReader(new InputStreamReader(System.in)).readLine()", ["ü€😀"])
        self.assertEqual("ü€😀", cell.result)

    def test_scanner_of_an_earlier_cell_asks_again(self):
        self.answering("var kept = new Scanner(System.in); kept.nextLine()", ["one"])
        cell, _ = self.answering("kept.nextLine()", ["two"])
        self.assertEqual("two", cell.result)

    def test_prompt_and_password(self):
        cell, prompts = self.answering(
            'import org.spdbook.kernel.shell.Ask;\nAsk.line("Name: ") + Ask.password("Secret: ")', ["a", "b"]
        )
        self.assertEqual("ab", cell.result)
        self.assertEqual([("Name: ", False), ("Secret: ", True)], [(p["prompt"], p["password"]) for p in prompts])

    def test_without_input_it_is_one_sentence(self):
        for code in ("System.in.read()", 'org.spdbook.kernel.shell.Ask.line("x")'):
            cell = self.run_cell(code, allow_stdin=False)
            self.assertEqual("IOException", cell.reply["ename"])
            self.assertIn("this front-end gives no input to cells", cell.reply["evalue"])

    def test_thread_that_still_reads_does_not_hold_up_the_next_cell(self):
        asked = []
        self.run_cell(
            "var reader = new Thread(() -> { try { System.in.read(); } catch (IOException e) { System.out.println(e.getMessage()); } });"
            "reader.setDaemon(true); reader.start(); Thread.sleep(300);",
            allow_stdin=True,
            stdin_hook=asked.append,
        )
        self.assertEqual(1, len(asked))
        cell, _ = self.answering("reader.join(); new Scanner(System.in).nextLine()", ["fresh"])
        self.assertEqual("fresh", cell.result)
        self.assertIn("the cell that asked for this input has ended", cell.stream())


class Ending(TestCase):
    def test_library_that_ends_the_process_is_named(self):
        manager, client = start_new_kernel(kernel_name=NAME, startup_timeout=PATIENCE)
        client.execute(
            'var dir = java.nio.file.Files.createTempDirectory("lib"); var file = dir.resolve("Quit.java");'
            'java.nio.file.Files.writeString(file, "package lib; public class Quit { public static void now() { System.exit(4); } }");'
            'javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", dir.toString(), file.toString());'
            'System.out.println("before");'
            "new java.net.URLClassLoader(new java.net.URL[] {dir.toUri().toURL()}).loadClass(\"lib.Quit\").getMethod(\"now\").invoke(null);"
        )
        text, end = "", time.monotonic() + PATIENCE
        while "lib.Quit.now" not in text and time.monotonic() < end:
            text += client.get_iopub_msg(timeout=PATIENCE)["content"].get("text", "")
        self.assertIn("before", text)
        self.assertIn("lib.Quit.now (Quit.java:1) called System.exit", text)
        self.assertEqual(4, manager.provisioner.process.wait(timeout=10))
        client.stop_channels()
        manager.cleanup_resources()
