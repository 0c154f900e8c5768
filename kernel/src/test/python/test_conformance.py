"""The cases of jupyter_kernel_test (PyPI and Debian's python3-jupyter-kernel-test): by that package where it is, and always by our own
words through jupyter_client, so that they run everywhere."""

from live_kernel import NAME, PATIENCE, KernelTest

SAMPLES = {
    "language_name": "java",
    "file_extension": ".java",
    "code_hello_world": 'System.out.println("hello, world")',
    "code_stderr": 'System.err.println("oops")',
    "completion_samples": [
        {"text": "Math.hypo", "matches": ["hypot("]},
        {"text": "%lsm", "matches": ["lsmagic"]},
    ],
    "complete_code_samples": ["1", 'System.out.println("a")', "int f(int x) { return x * 2; }", "%lsmagic"],
    "incomplete_code_samples": ["int f(int x) {", 'System.out.println("a",', 'String s = """\nabc', "class A {"],
    "invalid_code_samples": ["x ][ 1", "int a = ;", "}"],
    "code_generate_error": 'throw new IllegalStateException("wanted")',
    "code_execute_result": [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": 'String.join("-", "a", "b")', "mime": "text/plain"},
        {"code": "IntStream.range(0, 5).sum()", "result": "10"},
    ],
    "code_display_data": [{"code": "%lsmagic\n1", "mime": "text/plain"}],  # a value that is not the cell's last
    "code_history_pattern": "1?+?2*",
    "supported_history_operations": ("tail", "range", "search"),
    "code_inspect_sample": "System.out.println",
}

REQUIRED = {
    "kernel_info_reply": {"status", "protocol_version", "implementation", "language_info", "banner"},
    "execute_reply": {"status", "execution_count"},
    "complete_reply": {"status", "matches", "cursor_start", "cursor_end", "metadata"},
    "inspect_reply": {"status", "found", "data", "metadata"},
    "is_complete_reply": {"status"},
    "history_reply": {"status", "history"},
    "status": {"execution_state"},
    "stream": {"name", "text"},
    "execute_input": {"code", "execution_count"},
    "execute_result": {"execution_count", "data", "metadata"},
    "display_data": {"data", "metadata"},
    "error": {"ename", "evalue", "traceback"},
}


class Conformance(KernelTest):
    def validate(self, message, kind, parent):
        self.assertEqual(kind, message["msg_type"])
        self.assertEqual(parent, message["parent_header"]["msg_id"])
        for field in ("msg_id", "username", "session", "date", "msg_type", "version"):
            self.assertIn(field, message["header"])
        self.assertLessEqual(REQUIRED.get(kind, set()), set(message["content"]), kind)

    def reply(self, kind, message_id):
        while True:
            message = self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == message_id:
                self.validate(message, kind, message_id)
                return message["content"]

    def execute(self, code, **options):
        """Runs a cell; its reply and what it published between busy and idle."""
        message_id = self.client.execute(code, **options)
        reply = self.reply("execute_reply", message_id)
        published = []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != message_id:
                continue
            self.validate(message, message["msg_type"], message_id)
            published.append((message["msg_type"], message["content"]))
            if message["content"].get("execution_state") == "idle":
                break
        self.assertEqual("busy", published[0][1]["execution_state"])
        inputs = [content["code"] for kind, content in published if kind == "execute_input"]
        self.assertEqual([code], inputs)
        return reply, [(kind, content) for kind, content in published if kind not in ("status", "execute_input")]

    def test_kernel_info(self):
        info = self.reply("kernel_info_reply", self.client.kernel_info())
        self.assertEqual(SAMPLES["language_name"], info["language_info"]["name"])
        self.assertEqual(SAMPLES["file_extension"], info["language_info"]["file_extension"])

    def test_streams(self):
        for code, name in ((SAMPLES["code_hello_world"], "stdout"), (SAMPLES["code_stderr"], "stderr")):
            reply, outputs = self.execute(code)
            self.assertEqual("ok", reply["status"])
            self.assertIn(name, [content.get("name") for kind, content in outputs if kind == "stream"])
        self.assertIn("hello, world", self.execute(SAMPLES["code_hello_world"])[1][0][1]["text"])

    def test_completion(self):
        for sample in SAMPLES["completion_samples"]:
            reply = self.reply("complete_reply", self.client.complete(sample["text"]))
            self.assertEqual(set(sample["matches"]), set(reply["matches"]))

    def test_is_complete(self):
        for status in ("complete", "incomplete", "invalid"):
            for code in SAMPLES[status + "_code_samples"]:
                reply = self.reply("is_complete_reply", self.client.is_complete(code))
                self.assertEqual(status, reply["status"], code)

    def test_error(self):
        reply, outputs = self.execute(SAMPLES["code_generate_error"])
        self.assertEqual("error", reply["status"])
        self.assertEqual(["error"], [kind for kind, _ in outputs])

    def test_results(self):
        for sample in SAMPLES["code_execute_result"]:
            reply, outputs = self.execute(sample["code"])
            self.assertEqual("ok", reply["status"])
            shown = [content["data"] for kind, content in outputs if kind == "execute_result"]
            self.assertIn(sample.get("mime", "text/plain"), shown[0])
            if "result" in sample:
                self.assertEqual(sample["result"], shown[0]["text/plain"])

    def test_displays(self):
        for sample in SAMPLES["code_display_data"]:
            _, outputs = self.execute(sample["code"])
            shown = [content["data"] for kind, content in outputs if kind == "display_data"]
            self.assertIn(sample["mime"], shown[0])

    def test_history(self):
        codes = [sample["code"] for sample in SAMPLES["code_execute_result"]]
        for code in codes * 3:
            self.execute(code)

        def ask(kind, **arguments):
            return self.reply("history_reply", self.client.history(raw=True, hist_access_type=kind, **arguments))["history"]

        tail = ask("tail", n=len(codes), output=False)
        self.assertEqual(codes, [source for _, _, source in tail])
        session, start = tail[0][:2]
        self.assertEqual(2, len(ask("tail", n=1, output=True)[0][2]))
        self.assertEqual([tail[0]], ask("range", session=session, start=start, stop=start + 1, output=False))
        pattern = SAMPLES["code_history_pattern"]
        self.assertGreaterEqual(len(ask("search", pattern=pattern, output=False)), 1)
        self.assertEqual(1, len(ask("search", pattern=pattern, unique=True, output=False)))
        self.assertEqual(3, len(ask("search", pattern=pattern, n=3, output=False)))

    def test_inspect(self):
        reply = self.reply("inspect_reply", self.client.inspect(SAMPLES["code_inspect_sample"]))
        self.assertTrue(reply["found"])
        self.assertGreaterEqual(len(reply["data"]), 1)


try:
    import jupyter_kernel_test
except ImportError:
    jupyter_kernel_test = None

if jupyter_kernel_test:
    # release 0.4.5 makes calls synchronous that jupyter_client 8 has made so already
    jupyter_kernel_test.run_sync = lambda call: call

    class KernelTests(jupyter_kernel_test.KernelTests):
        """The package's own run; its cases on paging and on clearing outputs have no sample, as they are optional."""

        kernel_name = NAME

    for name, value in SAMPLES.items():
        setattr(KernelTests, name, value)
