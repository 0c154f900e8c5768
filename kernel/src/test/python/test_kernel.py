"""The kernel in its own process: execution, editing help, magics, hostile messages, its life."""

import hashlib
import hmac
import json
import time
import uuid
from unittest import TestCase

import zmq
from jupyter_client.manager import start_new_kernel
from live_kernel import NAME, PATIENCE, KernelTest


class Execution(KernelTest):
    def test_value_of_the_last_expression_is_the_result(self):
        self.assertEqual("42", self.run_cell("int six = 6;\nsix * 7").result)

    def test_semicolon_hides_the_value(self):
        self.run_cell("String word = \"a\";")
        self.assertIsNone(self.run_cell("word.length();").result)
        self.assertEqual("1", self.run_cell("word.length()").result)

    def test_text_block_with_percent_stays_java(self):
        cell = self.run_cell('String block = """\n%d items\n""";\nblock')
        self.assertEqual("%d items\n", cell.result)

    def test_percent_on_a_continued_line_is_modulo(self):
        self.assertEqual("3", self.run_cell("int left = 7\n%4;\nleft").result)

    def test_methods_may_use_each_other_before_both_are_there(self):
        self.run_cell("boolean even(int n) { return n == 0 || odd(n - 1); }")
        self.run_cell("boolean odd(int n) { return n != 0 && even(n - 1); }")
        self.assertEqual("true", self.run_cell("even(10)").result)

    def test_exception_names_cell_line_and_source(self):
        cell = self.run_cell("int zero = 0;\nint broken = 1 / zero;")
        self.assertEqual("error", cell.status)
        self.assertEqual("ArithmeticException", cell.reply["ename"])
        count = cell.reply["execution_count"]
        self.assertIn(f"Cell In[{count}], line 2", cell.traceback)
        self.assertIn("int broken = 1 / zero;", cell.traceback)
        self.assertNotIn("org.spdbook", cell.traceback)

    def test_exception_in_a_method_names_the_cell_that_defined_it(self):
        defined = self.run_cell("\nint fail(int n) {\n  throw new IllegalStateException(\"n\" + n);\n}")
        cell = self.run_cell("fail(3)")
        self.assertIn(f"Cell In[{defined.reply['execution_count']}], line 3", cell.traceback)

    def test_compile_error_points_at_the_line(self):
        cell = self.run_cell("int fine = 1;\nint wrong = \"text\";")
        self.assertEqual("CompilationError", cell.reply["ename"])
        self.assertIn("line 2", cell.traceback)
        self.assertIn("^", cell.traceback)

    def test_many_lines_come_in_few_messages(self):
        cell = self.run_cell("for (int i = 0; i < 10000; i++) System.out.println(i);")
        self.assertEqual("".join(f"{i}\n" for i in range(10000)), cell.stream())
        self.assertLess(len(cell.of("stream")), 100)

    def test_errors_stream_apart(self):
        cell = self.run_cell('System.err.println("é€😀");')
        self.assertEqual("é€😀\n", cell.stream("stderr"))

    def test_output_of_a_thread_comes_after_its_cell_has_ended(self):
        self.run_cell("var go = new java.util.concurrent.CountDownLatch(1);")
        started = self.run_cell(
            'new Thread(() -> { try { go.await(); } catch (InterruptedException e) {} System.out.println("late"); }).start();'
            "Thread.sleep(200);"  # the thread is surely there when the cell ends
        )
        self.assertEqual("ok", started.status)
        self.client.execute("go.countDown();")
        text = ""
        while "late" not in text:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            text += message["content"].get("text", "")

    def test_silent_cell_is_not_counted(self):
        before = self.run_cell("1").reply["execution_count"]
        self.run_cell("2", silent=True)
        self.assertEqual(before + 1, self.run_cell("3").reply["execution_count"])

    def test_user_expressions(self):
        cell = self.run_cell("int ux = 5;", user_expressions={"good": "ux + 1", "bad": "nowhere"})
        self.assertEqual("6", cell.reply["user_expressions"]["good"]["data"]["text/plain"])
        self.assertEqual("error", cell.reply["user_expressions"]["bad"]["status"])

    def test_cells_waiting_behind_an_error_are_aborted(self):
        first = self.client.execute("Thread.sleep(300); int nothing = 1 / 0;")
        second = self.client.execute("int notRun = 1;")
        self.assertEqual("error", self.reply_to(first)["status"])
        self.assertEqual("aborted", self.reply_to(second)["status"])

    def test_input_is_asked_of_the_front_end(self):
        cell = self.run_cell(
            "new java.util.Scanner(System.in).nextLine()",
            allow_stdin=True,
            stdin_hook=lambda message: self.client.input("typed é"),
        )
        self.assertEqual("typed é", cell.result)

    def test_input_is_refused_when_the_front_end_has_none(self):
        cell = self.run_cell("System.in.read()", allow_stdin=False)
        self.assertEqual("error", cell.status)
        self.assertIn("input", cell.reply["evalue"])


class Interrupt(KernelTest):
    def test_sleep_ends(self):
        cell, seconds = self.interrupt_once_printing("System.out.println(1);\nThread.sleep(60000);")
        self.assertEqual("Interrupted", cell.reply["ename"])
        self.assertLess(seconds, 2)

    def test_tight_loop_ends_and_the_state_stays(self):
        self.run_cell("int kept = 7;")
        cell, seconds = self.interrupt_once_printing("System.out.println(1);\nwhile (true) {}")
        self.assertEqual("Interrupted", cell.reply["ename"])
        self.assertLess(seconds, 2)
        self.assertEqual("7", self.run_cell("kept").result)

    def test_interrupt_while_idle_does_nothing(self):
        self.manager.interrupt_kernel()
        time.sleep(0.5)  # it goes another way than the cell, which it must not overtake
        self.assertEqual("2", self.run_cell("1 + 1").result)


class Editing(KernelTest):
    def test_completion_replaces_from_the_last_dot(self):
        self.run_cell('String name = "x";')
        code = "int a = 1;\nname.toUpp"
        reply = self.request("complete", code=code, cursor_pos=len(code))
        self.assertIn("toUpperCase(", " ".join(reply["matches"]))
        self.assertEqual(len(code) - len("toUpp"), reply["cursor_start"])

    def test_completion_counts_code_points(self):
        code = 'String s = "😀"; s.len'
        reply = self.request("complete", code=code, cursor_pos=len(code))
        self.assertEqual(len(code), reply["cursor_end"])

    def test_completion_of_a_magic(self):
        reply = self.request("complete", code="%lsm", cursor_pos=4)
        self.assertEqual(["lsmagic"], reply["matches"])
        self.assertEqual(1, reply["cursor_start"])

    def test_inspection_of_a_method_name(self):
        code = "System.out.println"
        reply = self.request("inspect", code=code, cursor_pos=len(code))
        self.assertTrue(reply["found"])
        self.assertIn("println", reply["data"]["text/plain"])

    def test_completeness(self):
        for code, status in {"1 + 1": "complete", "int f() {": "incomplete", "int a = ;": "invalid", "%lsmagic": "complete"}.items():
            self.assertEqual(status, self.reply_to(self.client.is_complete(code))["status"], code)

    def test_history_gives_the_last_cells(self):
        self.run_cell("int hist = 123;")
        reply = self.request("history", hist_access_type="tail", n=1)
        self.assertEqual("int hist = 123;", reply["history"][-1][2])

    def test_unknown_magic_is_one_sentence_with_the_near_one(self):
        cell = self.run_cell("%lsmagik")
        self.assertIn("did you mean %lsmagic", cell.reply["evalue"])


class Wire(KernelTest):
    """Bad messages must not kill the kernel."""

    DELIMITER = b"<IDS|MSG>"

    def frames(self, key, header=None, content=b"{}"):
        header = header or {
            "msg_id": uuid.uuid4().hex,
            "msg_type": "kernel_info_request",
            "session": "s",
            "username": "u",
            "date": "2024-01-01T00:00:00Z",
            "version": "5.3",
        }
        body = [json.dumps(header).encode(), b"{}", b"{}", content]
        signature = hmac.new(key, b"".join(body), hashlib.sha256).hexdigest().encode()
        return [self.DELIMITER, signature, *body]

    def dealer(self, port):
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.linger = 0
        socket.connect(f"tcp://{self.manager.ip}:{port}")
        self.addCleanup(socket.close)
        return socket

    def test_bad_messages_are_dropped(self):
        key = self.manager.session.key
        good = self.frames(key)
        bad = [
            self.frames(b"wrong key"),
            [b"no delimiter"],
            good[:3],
            [b"", b""],
            self.frames(key, content=b"not json"),
            self.frames(key, content=b"[1]"),
            self.frames(key, header={"msg_type": "kernel_info_request"}),
        ]
        for port in (self.manager.shell_port, self.manager.control_port):
            socket = self.dealer(port)
            for frames in bad:
                socket.send_multipart(frames)
            socket.send_multipart(self.frames(key))
            self.assertTrue(socket.poll(PATIENCE * 1000), "no answer after bad messages")
            self.assertEqual("ok", json.loads(socket.recv_multipart()[-1])["status"])
        self.assertEqual("2", self.run_cell("1 + 1").result)

    def test_same_message_is_answered_once(self):
        socket = self.dealer(self.manager.shell_port)
        frames = self.frames(self.manager.session.key)
        socket.send_multipart(frames)
        socket.send_multipart(frames)
        last = self.frames(self.manager.session.key)
        socket.send_multipart(last)
        parents = []
        while not parents or parents[-1] != json.loads(last[2])["msg_id"]:
            self.assertTrue(socket.poll(PATIENCE * 1000))
            parents.append(json.loads(socket.recv_multipart()[3])["msg_id"])
        self.assertEqual(2, len(parents))

    def test_unknown_request_is_answered_politely(self):
        header = json.loads(self.frames(b"")[2]) | {"msg_type": "debug_request"}
        socket = self.dealer(self.manager.control_port)
        socket.send_multipart(self.frames(self.manager.session.key, header=header))
        self.assertTrue(socket.poll(PATIENCE * 1000))
        self.assertEqual("error", json.loads(socket.recv_multipart()[-1])["status"])


class Life(TestCase):
    def test_shutdown_ends_the_process_also_while_a_cell_runs(self):
        manager, client = start_new_kernel(kernel_name=NAME, startup_timeout=PATIENCE)
        client.execute("new Thread(() -> { while (true) {} }).start(); while (true) {}")
        client.get_iopub_msg(timeout=PATIENCE)
        began = time.monotonic()
        client.stop_channels()
        manager.shutdown_kernel()
        self.assertLess(time.monotonic() - began, 5)
        self.assertFalse(manager.is_alive())
