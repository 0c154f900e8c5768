"""The messages themselves: every request is answered, in order, with busy and idle around it; what silent and the rest mean."""

import time
import unittest

import raw_wire
import zmq
from jupyter_client.manager import KernelManager
from live_kernel import NAME, PATIENCE, KernelTest


class WireTest(KernelTest):
    def on(self, channel, kind, content=None, **header):
        """Sends a request on a channel; its message id."""
        session = self.client.session
        message = session.msg(kind, content or {})
        message["header"].update(header)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def reply_on(self, channel, message_id):
        while True:
            reply = getattr(self.client, f"get_{channel}_msg")(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == message_id:
                return reply

    def ask(self, channel, kind, content=None, **header):
        """The type and content of the reply, after checking that the kernel was busy and idle once, and named its status."""
        message_id = self.on(channel, kind, content, **header)
        reply = self.reply_on(channel, message_id)
        self.assertIn(reply["content"]["status"], ("ok", "error", "aborted", "complete", "incomplete", "invalid"))
        self.assertEqual(["busy", "idle"], [state for _, state in self.published(message_id)])
        return reply["msg_type"], reply["content"]

    def published(self, message_id):
        """What was published for a request until the kernel was idle, as pairs of type and state."""
        seen = []
        while not seen or seen[-1] != ("status", "idle"):
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == message_id:
                seen.append((message["msg_type"], message["content"].get("execution_state")))
        return seen


class Requests(WireTest):
    def test_kernel_info_names_protocol_and_features(self):
        for channel in ("shell", "control"):
            kind, info = self.ask(channel, "kernel_info_request")
            self.assertEqual("kernel_info_reply", kind)
            self.assertEqual("5.4", info["protocol_version"])
            self.assertEqual([], info["supported_features"])

    def test_every_request_of_shell_is_answered(self):
        for kind, content in {
            "complete_request": {"code": "Str", "cursor_pos": 3},
            "inspect_request": {"code": "String", "cursor_pos": 6, "detail_level": 0},
            "is_complete_request": {"code": "1"},
            "history_request": {"hist_access_type": "tail", "n": 3},
            "comm_info_request": {},
            "kernel_info_request": {},
        }.items():
            reply, _ = self.ask("shell", kind, content)
            self.assertEqual(kind.replace("request", "reply"), reply)

    def test_connect_request_names_the_ports(self):
        _, ports = self.ask("shell", "connect_request")
        self.assertEqual(self.manager.iopub_port, ports["iopub_port"])

    def test_requests_for_what_there_is_not_are_refused(self):
        for channel, kind in (
            ("control", "debug_request"),
            ("control", "create_subshell_request"),
            ("control", "list_subshell_request"),
            ("control", "delete_subshell_request"),
            ("shell", "apply_request"),
            ("control", "usage_request"),
        ):
            reply, content = self.ask(channel, kind)
            self.assertEqual(kind.replace("request", "reply"), reply)
            self.assertEqual("error", content["status"])
            self.assertIn("kernel", content["evalue"])

    def test_debug_reply_says_that_it_failed(self):
        _, content = self.ask("control", "debug_request", {"command": "initialize", "seq": 4, "type": "request"})
        self.assertEqual((False, "initialize", 4), (content["success"], content["command"], content["request_seq"]))

    def test_subshell_in_the_header_is_refused(self):
        _, content = self.ask("shell", "execute_request", {"code": "1"}, subshell_id="x")
        self.assertEqual("error", content["status"])
        _, content = self.ask("shell", "kernel_info_request", subshell_id=None)
        self.assertEqual("ok", content["status"])

    def test_unknown_message_that_is_no_request_is_only_busy_and_idle(self):
        for kind in ("comm_msg", "comm_close", "something_else"):
            self.assertEqual(2, len(self.published(self.on("shell", kind, {"comm_id": "1"}))))

    def test_comm_that_nobody_wants_is_closed(self):
        seen = self.published(self.on("shell", "comm_open", {"comm_id": "c", "target_name": "t", "data": {}}))
        self.assertEqual(["status", "comm_close", "status"], [kind for kind, _ in seen])

    def test_control_answers_while_a_cell_runs_and_does_not_take_it_over(self):
        cell = self.client.execute('System.out.println("a"); Thread.sleep(1500); System.out.println("b");')
        while self.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
            pass
        began = time.monotonic()
        info = self.on("control", "kernel_info_request")
        self.reply_on("control", info)
        self.assertLess(time.monotonic() - began, 1.4)
        self.assertIn(("stream", None), self.published(cell))
        self.assertEqual("ok", self.reply_to(cell)["status"])


class Execution(WireTest):
    def count(self):
        return self.run_cell("1").reply["execution_count"]

    def test_silent_cell_neither_counts_nor_is_kept_nor_shown(self):
        before = self.count()
        cell = self.client.execute("int silent = 1;\nsilent", silent=True, store_history=True)
        self.assertEqual("ok", self.reply_to(cell)["status"])
        self.assertEqual(["status", "status"], [kind for kind, _ in self.published(cell)])
        self.assertEqual(before + 1, self.count())
        history = self.request("history", hist_access_type="tail", n=5)["history"]
        self.assertNotIn("silent", str(history))

    def test_cell_out_of_history_does_not_count(self):
        before = self.count()
        cell = self.run_cell("int unkept = 1;\nunkept", store_history=False)
        self.assertEqual("1", cell.result)
        self.assertEqual(before + 1, self.count())
        history = self.request("history", hist_access_type="tail", n=5)["history"]
        self.assertNotIn("unkept", str(history))

    def test_user_expression_that_fails_leaves_the_cell_well(self):
        cell = self.run_cell("int ue = 5;", user_expressions={"good": "ue + 1", "bad": "ue / 0", "odd": "new int[-1]"})
        self.assertEqual("ok", cell.status)
        told = cell.reply["user_expressions"]
        self.assertEqual("6", told["good"]["data"]["text/plain"])
        self.assertEqual("ArithmeticException", told["bad"]["ename"])
        self.assertEqual("error", told["odd"]["status"])

    def test_user_expressions_wait_for_success(self):
        self.run_cell("int touched = 0;")
        cell = self.run_cell("int z = 1 / 0;", user_expressions={"x": "touched++"})
        self.assertEqual({}, cell.reply["user_expressions"])
        self.assertEqual("0", self.run_cell("touched").result)


class StopOnError(WireTest):
    def statuses(self, *messages):
        return [self.reply_to(message)["status"] for message in messages]

    def test_cells_that_wait_are_aborted_and_other_requests_answered_in_order(self):
        first = self.client.execute("Thread.sleep(300); int nothing = 1 / 0;")
        second = self.client.execute("int neverA = 1;")
        info = self.client.kernel_info()
        third = self.client.execute("int neverB = 1;")
        order = [self.client.get_shell_msg(timeout=PATIENCE) for _ in range(4)]
        self.assertEqual([first, second, info, third], [m["parent_header"]["msg_id"] for m in order])
        self.assertEqual(["error", "aborted", "ok", "aborted"], [m["content"]["status"] for m in order])
        self.assertEqual("error", self.run_cell("neverB").status)

    def test_cell_that_was_on_its_way_is_aborted(self):
        late = self.client.session.msg("execute_request", {"code": "int late = 1;", "silent": False})
        failing = self.client.session.msg("execute_request", {"code": "int none = 1 / 0;", "silent": False})
        failing["header"]["date"] = late["header"]["date"]
        self.client.shell_channel.send(failing)
        self.assertEqual("error", self.reply_to(failing["header"]["msg_id"])["status"])
        self.client.shell_channel.send(late)
        self.assertEqual("aborted", self.reply_to(late["header"]["msg_id"])["status"])

    def test_cell_sent_in_answer_to_the_error_runs(self):
        for _ in range(5):
            self.assertEqual(["error"], self.statuses(self.client.execute("int none = 1 / 0;")))
            self.assertEqual(["ok"], self.statuses(self.client.execute("int answer = 1;")))

    def test_cells_go_on_when_they_are_told_to(self):
        first = self.client.execute("Thread.sleep(100); int nothing = 1 / 0;", stop_on_error=False)
        second = self.client.execute("int next = 1;")
        self.assertEqual(["error", "ok"], self.statuses(first, second))


class Start(unittest.TestCase):
    def test_each_subscription_is_welcomed(self):
        manager = KernelManager(kernel_name=NAME)
        manager.start_kernel()
        self.addCleanup(manager.shutdown_kernel, now=True)
        topics = []
        for topic in ("", "status", ""):
            peer = raw_wire.zmq_peer(manager.iopub_port, zmq.SUB)
            self.addCleanup(peer.close)
            peer.subscribe(topic)
            while True:
                self.assertTrue(peer.poll(PATIENCE * 1000), "no welcome")
                message = peer.recv_multipart()
                if raw_wire.type_of(message) == "iopub_welcome":
                    self.assertEqual(topic.encode(), message[0])
                    topics.append(raw_wire.content_of(message)["subscription"])
                    break
        self.assertEqual(["", "status", ""], topics)

    def test_nothing_is_heard_of_requests_that_the_kernel_asks_itself(self):
        manager = KernelManager(kernel_name=NAME)
        manager.start_kernel()
        self.addCleanup(manager.shutdown_kernel, now=True)
        client = manager.client()
        client.start_channels()
        self.addCleanup(client.stop_channels)
        client.wait_for_ready(timeout=PATIENCE)
        ours = client.session.session
        time.sleep(3)  # long enough for it to have nothing to do
        client.execute("1 + 1")
        count, foreign, state = None, [], None
        while count is None or state != "idle":
            told = client.get_iopub_msg(timeout=PATIENCE)
            state = told["content"].get("execution_state")
            count = told["content"].get("execution_count", count)
            parent = told["parent_header"]
            if parent and parent["session"] != ours:
                foreign.append(told["msg_type"])
        self.assertEqual(([], 1), (foreign, count))

    def test_shutdown_is_answered_before_the_end(self):
        manager = KernelManager(kernel_name=NAME)
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        message = client.session.msg("shutdown_request", {"restart": True})
        client.control_channel.send(message)
        reply = client.get_control_msg(timeout=PATIENCE)
        self.assertEqual(("shutdown_reply", "ok", True), (reply["msg_type"], reply["content"]["status"], reply["content"]["restart"]))
        states = []
        while not states or states[-1] != "idle":
            told = client.get_iopub_msg(timeout=PATIENCE)
            if told["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                states.append(told["content"]["execution_state"])
        self.assertEqual(["busy", "idle"], states)
        client.stop_channels()
        manager.cleanup_resources()
        manager.provisioner.process.wait(PATIENCE)
