"""The kernel in its own process: what an interrupt stops, what it leaves alone, and what is said when it cannot."""

import threading
import time
from unittest import TestCase

from jupyter_client.manager import start_new_kernel
from live_kernel import NAME, PATIENCE, KernelTest

# a class that no cell wrote and that lets nothing stop it, called as a library is
STUBBORN = """
var dir = java.nio.file.Files.createTempDirectory("lib");
var file = dir.resolve("Stubborn.java");
java.nio.file.Files.writeString(file, String.join("\\n",
    "package lib; public class Stubborn { static long n; public static void spin() {",
    "  while (true) { try { while (true) n++; } catch (Throwable e) { n = 0; } } } }"));
javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", dir.toString(), file.toString());
var spin = new java.net.URLClassLoader(new java.net.URL[] {dir.toUri().toURL()}).loadClass("lib.Stubborn").getMethod("spin");
"""


class Interrupt(KernelTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.run_cell(cls, "int kept = 7;")

    def stopped(self, code, within=3):
        cell, seconds = self.interrupt_once_printing('System.out.println("begun");\n' + code)
        self.assertEqual("Interrupted", cell.reply.get("ename"), cell.reply)
        self.assertLess(seconds, within)
        self.assertEqual("7", self.run_cell("kept").result)
        return cell

    def nothing_of_a_cell_runs(self):
        cell = self.run_cell(
            "Thread.getAllStackTraces().entrySet().stream()"
            ".filter(e -> e.getKey() != Thread.currentThread())"
            '.filter(e -> Arrays.stream(e.getValue()).anyMatch(f -> f.getClassName().startsWith("REPL.")))'
            ".map(e -> e.getKey().getName()).toList()"
        )
        self.assertEqual("[]", cell.result)

    def test_loop_in_a_method_leaves_nothing_running(self):
        self.run_cell("int forever() { int n = 0; while (true) n++; }")
        self.stopped("forever();")
        self.nothing_of_a_cell_runs()

    def test_recursion_ends(self):
        self.run_cell("long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }")
        self.stopped("fib(90)")

    def test_loop_in_a_class_and_its_static_part_ends(self):
        self.run_cell("class Busy { long n; void work() { for (;;) n++; } }")
        self.stopped("new Busy().work();")
        self.run_cell("class Never { static { while (System.nanoTime() != 0) {} } static int x; }")
        self.stopped("Never.x = 1;")

    def test_endless_stream_with_a_lambda_ends(self):
        self.stopped("Stream.iterate(1, n -> n + 1).forEach(n -> {});")

    def test_parallel_stream_ends_on_all_its_threads(self):
        self.stopped("IntStream.range(0, 1000).parallel().forEach(n -> { while (true) {} });")
        self.nothing_of_a_cell_runs()

    def test_loop_that_swallows_everything_ends(self):
        self.stopped("while (true) { try { Thread.sleep(50); } catch (Throwable e) { } }")

    def test_second_wait_after_a_swallowed_interrupt_ends(self):
        self.stopped("try { Thread.sleep(60000); } catch (InterruptedException e) { } new SynchronousQueue<String>().take();")

    def test_queue_lock_and_pipe_end(self):
        self.stopped("new LinkedBlockingQueue<String>().take();")
        self.stopped("new java.util.concurrent.Semaphore(0).acquire();")
        self.stopped("new PipedInputStream(new PipedOutputStream()).read();")
        self.stopped("synchronized (\"a\") { \"a\".wait(); }")

    def test_sockets_end(self):
        self.stopped("try (var server = new java.net.ServerSocket(0)) { server.accept(); }")
        self.stopped(
            "try (var server = new java.net.ServerSocket(0); var client = new java.net.Socket(server.getInetAddress(), server.getLocalPort())) {"
            " new BufferedReader(new InputStreamReader(client.getInputStream())).readLine(); }"
        )
        self.stopped("new java.net.DatagramSocket(0).receive(new java.net.DatagramPacket(new byte[9], 9));")

    def test_child_process_is_ended_with_the_cell_that_started_it(self):
        self.run_cell('var older = new ProcessBuilder("sleep", "300").start();')
        self.stopped('var child = new ProcessBuilder("sleep", "300").start(); child.waitFor();')
        self.assertEqual("true", self.run_cell("child.waitFor(5, java.util.concurrent.TimeUnit.SECONDS)").result)
        self.assertEqual("true", self.run_cell("older.isAlive()").result)
        self.run_cell("older.destroy();")

    def test_read_from_a_child_process_ends(self):
        self.stopped('new ProcessBuilder("sleep", "300").start().getInputStream().read();')

    def test_input_can_be_asked_again_after_an_interrupt(self):
        seen = threading.Event()

        def later(_):
            if not seen.is_set():
                seen.set()
                threading.Timer(0.2, self.manager.interrupt_kernel).start()

        cell = self.run_cell("System.in.read()", allow_stdin=True, stdin_hook=later)
        self.assertEqual("Interrupted", cell.reply["ename"])
        again = self.run_cell(
            "new Scanner(System.in).nextLine()",
            allow_stdin=True,
            stdin_hook=lambda message: self.client.input("second"),
        )
        self.assertEqual("second", again.result)

    def test_threads_of_the_user_are_left_alone(self):
        self.run_cell(
            "var ticks = new java.util.concurrent.atomic.AtomicLong(); var go = new java.util.concurrent.atomic.AtomicBoolean(true);"
            "var ticker = new Thread(() -> { while (go.get()) { ticks.incrementAndGet(); Thread.yield(); } }); ticker.start();"
        )
        self.stopped("while (true) {}")
        self.assertEqual("true", self.run_cell("long before = ticks.get(); Thread.sleep(300); ticks.get() > before").result)
        self.run_cell("go.set(false);")

    def test_interrupting_many_times_is_harmless_and_reaches_no_later_cell(self):
        def three_times():
            for _ in range(3):
                self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))

        for _ in range(5):
            cell = self.run_cell("System.out.println(1); while (true) {}", "stream", three_times)
            self.assertEqual("Interrupted", cell.reply["ename"])
            for _ in range(3):  # an interrupt that is still on its way is meant for the next cell
                self.client.get_control_msg(timeout=PATIENCE)
            after = self.run_cell("boolean leaked = Thread.interrupted(); Thread.sleep(20); leaked")
            self.assertEqual("false", after.result, after.reply)

    def test_rest_of_the_cell_does_not_run(self):
        self.stopped('Thread.sleep(60000);\nint rest = 1;')
        self.assertEqual("CompilationError", self.run_cell("rest").reply["ename"])


class Stuck(TestCase):
    def test_code_that_nothing_stops_is_named_and_shutdown_still_works(self):
        manager, client = start_new_kernel(kernel_name=NAME, startup_timeout=PATIENCE)
        client.execute_interactive(STUBBORN, timeout=PATIENCE, output_hook=lambda message: None)
        client.execute('{ System.out.println("begun"); spin.invoke(null); }')
        began, said = None, ""
        while "lib.Stubborn.spin" not in said:
            message = client.get_iopub_msg(timeout=PATIENCE)
            text = message["content"].get("text", "")
            if "begun" in text:
                began = time.monotonic()
                manager.interrupt_kernel()
            said += text if message["content"].get("name") == "stderr" else ""
        self.assertLess(time.monotonic() - began, 4)
        self.assertIn("Stubborn.java:2", said)
        self.assertIn("restart the kernel", said)
        began = time.monotonic()
        client.shutdown()
        manager.provisioner.process.wait(timeout=5)
        self.assertLess(time.monotonic() - began, 1.5)
        client.stop_channels()
        manager.cleanup_resources()
