"""What a hostile, broken or slow peer can send. After each case the kernel runs 1 + 1, answers on control and beats."""

import hashlib
import json
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import raw_wire
import zmq
from hostile import FLOOD, HACK, SECRET, HostileTest, cases
from jupyter_client.manager import start_new_kernel
from live_kernel import NAME, PATIENCE, slow
from raw_wire import as_bytes, frames, header

def damaged(change):
    """Sends a good message changed by a function, on both channels; it must have no answer."""

    def act(test):
        for channel in ("shell", "control"):
            peer = test.send(channel, change(test.signed(), test.key))
            good = header()
            peer.send_multipart(frames(test.key, good))
            test.assertTrue(peer.poll(PATIENCE * 1000), "no answer after it")
            test.assertEqual(good["msg_id"], raw_wire.parent_of(peer.recv_multipart()))

    return act


def with_signature(make):
    return damaged(lambda good, key: [good[0], make(good, key), *good[2:]])


def with_head(**changes):
    return damaged(lambda good, key: frames(key, header("execute_request", **changes), HACK))


def with_content(content):
    return damaged(lambda good, key: frames(key, header("execute_request"), content))


@cases(
    {
        "wrong_key": damaged(lambda good, key: frames(b"another", header("execute_request"), HACK)),
        "no_signature": with_signature(lambda good, key: b""),
        "short_signature": with_signature(lambda good, key: good[1][:63]),
        "long_signature": with_signature(lambda good, key: good[1] + b"0"),
        "huge_signature": with_signature(lambda good, key: b"0" * 1_000_000),
        "signature_in_capitals": with_signature(lambda good, key: good[1].upper().replace(b"0", b"O")),
        "binary_signature": with_signature(lambda good, key: bytes.fromhex(good[1].decode())),
        "signature_of_sha512": with_signature(lambda good, key: raw_wire.sign(key, good[2:], hashlib.sha512)),
        "signature_of_md5": with_signature(lambda good, key: raw_wire.sign(key, good[2:], hashlib.md5)),
        "signature_of_no_key": with_signature(lambda good, key: raw_wire.sign(b"", good[2:])),
        "signature_of_header_alone": with_signature(lambda good, key: raw_wire.sign(key, good[2:3])),
        "frames_swapped": damaged(lambda good, key: [*good[:3], good[5], good[4], good[3]]),
        "no_delimiter": damaged(lambda good, key: good[1:]),
        "other_delimiter": damaged(lambda good, key: [b"<IDS|MSG", *good[1:]]),
        "delimiter_alone": damaged(lambda good, key: good[:1]),
        "cut_after_signature": damaged(lambda good, key: good[:2]),
        "cut_after_header": damaged(lambda good, key: good[:3]),
        "cut_before_content": damaged(lambda good, key: good[:5]),
        "one_empty_frame": damaged(lambda good, key: [b""]),
        "two_empty_frames": damaged(lambda good, key: [b"", b""]),
        "seven_empty_frames": damaged(lambda good, key: [b""] * 7),
        "only_delimiters": damaged(lambda good, key: [good[0]] * 7),
        "two_thousand_frames": damaged(lambda good, key: good + [b"x"] * 2000),
        "hundred_thousand_frames": damaged(lambda good, key: good + [b""] * 100_000),
    }
)
class Framing(HostileTest):
    def test_ten_buffers_are_no_harm(self):
        peer = self.peer("shell")
        self.assertEqual("ok", self.answer(peer, frames(self.key) + [b"buffer"] * 10)["status"])

    def test_replay_on_the_same_connection(self):
        self.run_cell("int runs = 0;")
        again = self.signed(content={"code": "runs++;"})
        self.assertEqual("ok", self.answer(self.send("shell", *[again] * 1000))["status"])
        self.assertEqual("1", self.run_cell("runs").result)

    def test_replay_on_another_channel_and_connection(self):
        self.run_cell("int times = 0;")
        again = self.signed(content={"code": "times++;"})
        self.answer(self.send("shell", again))
        self.send("control", again)
        self.send("shell", again)
        self.send("stdin", again)
        time.sleep(0.1)
        self.assertEqual("1", self.run_cell("times").result)


@cases(
    {
        "text": with_content(b"not json " + SECRET.encode()),
        "nothing": with_content(b""),
        "list": with_content([HACK]),
        "null": with_content(b"null"),
        "number": with_content(b"7"),
        "string": with_content(b'"text"'),
        "two_objects": with_content(as_bytes(HACK) * 2),
        "cut_off": with_content(as_bytes(HACK)[:-1]),
        "comment": with_content(b"/* */" + as_bytes(HACK)),
        "single_quotes": with_content(b"{'code': 'x'}"),
        "not_a_number": with_content(b'{"code": "x", "n": NaN}'),
        "infinity": with_content(b'{"code": "x", "n": -Infinity}'),
        "million_open_arrays": with_content(b'{"a": ' + b"[" * 1_000_000),
        "deep_arrays": with_content(b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        "deep_objects": with_content(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
        "byte_that_is_no_utf8": with_content(b'{"code": "\xff"}'),
        "overlong_utf8": with_content(b'{"code": "\xc0\xaf"}'),
        "surrogate_in_utf8": with_content(b'{"code": "\xed\xa0\x80"}'),
        "utf16": with_content(json.dumps(HACK).encode("utf-16")),
        "header_is_a_list": damaged(lambda good, key: frames(key, [1], HACK)),
        "header_is_text": damaged(lambda good, key: frames(key, b"header", HACK)),
        "header_is_empty": damaged(lambda good, key: frames(key, {}, HACK)),
        "parent_is_a_list": damaged(lambda good, key: frames(key, header("execute_request"), HACK, parent=[])),
        "metadata_is_null": damaged(lambda good, key: frames(key, header("execute_request"), HACK, metadata=b"null")),
        "no_msg_id": with_head(msg_id=None),
        "no_msg_type": with_head(msg_type=None),
        "no_session": with_head(session=None),
        "msg_id_is_an_object": with_head(msg_id={"a": 1}),
        "msg_type_is_a_list": with_head(msg_type=["execute_request"]),
        "msg_type_is_a_number": with_head(msg_type=7),
        "msg_type_with_line_breaks": with_head(msg_type=f"x\nERROR {SECRET}_request"),
        "msg_type_of_a_megabyte": with_head(msg_type="x" * 1_000_000 + "_request"),
    }
)
class Json(HostileTest):
    def test_same_key_twice(self):
        self.answer(self.peer("shell"), self.signed(content=b'{"code": "1", "code": "2"}'))

    def test_half_a_surrogate_pair(self):
        reply = self.answer(self.peer("shell"), self.signed(content=b'{"code": "\\"\\ud800\\".length()"}'))
        self.assertEqual("ok", reply["status"])

    def test_nul_in_the_code(self):
        self.answer(self.peer("shell"), self.signed(content={"code": "1 \0 + \0"}))

    def test_ten_megabytes_of_header(self):
        message = self.signed("kernel_info_request", {}, username="u" * 10_000_000)
        self.assertEqual("ok", self.answer(self.peer("shell"), message)["status"])

    @slow
    def test_million_keys(self):
        content = {str(i): i for i in range(1_000_000)}
        message = self.signed("kernel_info_request", content)
        self.assertEqual("ok", self.answer(self.peer("shell"), message)["status"])


def refused(kind, content, names):
    """A field of the wrong type: an error that names it."""

    def act(test):
        reply = test.answer(test.peer("shell"), test.signed(kind, content))
        test.assertEqual("error", reply["status"])
        test.assertIn(names, reply["evalue"])

    return act


def answered(kind, content, status="ok"):
    def act(test):
        reply = test.answer(test.peer("shell"), test.signed(kind, content))
        test.assertEqual(status, reply["status"])

    return act


@slow
@cases(
    {
        "code_is_a_number": refused("execute_request", {"code": 7}, "code"),
        "code_is_an_object": refused("execute_request", {"code": HACK}, "code"),
        "code_is_a_list": refused("complete_request", {"code": ["1"], "cursor_pos": 0}, "code"),
        "code_is_missing": answered("execute_request", {}),
        "code_is_null": answered("execute_request", {"code": None}),
        "silent_is_text": refused("execute_request", {"code": "1", "silent": "yes"}, "silent"),
        "store_history_is_a_number": refused("execute_request", {"code": "1", "store_history": 1}, "store_history"),
        "user_expressions_is_a_list": answered("execute_request", {"code": "1", "user_expressions": ["1"]}),
        "user_expressions_of_wrong_types": answered(
            "execute_request", {"code": "1", "user_expressions": {"a": [1, 2], "b": {}, "c": None}}
        ),
        "cursor_is_text": refused("complete_request", {"code": "1", "cursor_pos": "x"}, "cursor_pos"),
        "cursor_is_negative": answered("complete_request", {"code": "Str", "cursor_pos": -5}),
        "cursor_is_huge": answered("complete_request", {"code": "Str", "cursor_pos": 10**30}),
        "cursor_has_a_billion_digits": answered("complete_request", b'{"code": "Str", "cursor_pos": 1e999999999}'),
        "cursor_is_missing": answered("inspect_request", {"code": "Str"}),
        "cursor_beyond_emoji": answered("inspect_request", {"code": "\U0001f600" * 3, "cursor_pos": 4}),
        "detail_level_is_text": refused("inspect_request", {"code": "1", "cursor_pos": 0, "detail_level": "x"}, "detail_level"),
        "is_complete_of_a_number": refused("is_complete_request", {"code": 7}, "code"),
        "history_of_text": refused("history_request", {"hist_access_type": "tail", "n": "many"}, "n"),
        "history_of_negative": answered("history_request", {"hist_access_type": "tail", "n": -3}),
        "history_range_backwards": answered("history_request", {"hist_access_type": "range", "start": 9, "stop": -9}),
        "history_of_unknown_access": answered("history_request", {"hist_access_type": "nonsense"}),
        "history_pattern_that_explodes": answered(
            "history_request", {"hist_access_type": "search", "pattern": "*a" * 12, "n": 1}
        ),
        "restart_is_text": refused("connect_request_x_request", {}, "does not know"),
        "unknown_request": refused("launch_request", {}, "launch_request"),
        "debug_on_shell": answered("debug_request", {"command": "initialize", "seq": 1}, "error"),
        "debug_with_wrong_types": refused("debug_request", {"command": 1, "seq": "x"}, "command"),
        "subshell_of_wrong_type": answered("create_subshell_request", {"subshell_id": 3}, "error"),
    }
)
class Fields(HostileTest):
    def test_stop_on_error_is_text(self):
        self.answer(self.peer("shell"), self.signed(content={"code": "1", "stop_on_error": "yes"}))

    def test_allow_stdin_is_text(self):
        content = {"code": "System.in.read()", "allow_stdin": "yes"}
        self.assertEqual("error", self.answer(self.peer("shell"), self.signed(content=content))["status"])

    def test_subshell_in_the_header(self):
        message = self.signed(content=HACK, subshell_id="another")
        reply = self.answer(self.peer("shell"), message)
        self.assertIn("subshells", reply["evalue"])

    def test_comm_messages_of_wrong_types(self):
        peer = self.peer("shell")
        for kind in ("comm_open", "comm_msg", "comm_close"):
            peer.send_multipart(self.signed(kind, {"comm_id": [1], "data": "x"}))
        self.assertEqual("ok", self.answer(peer, frames(self.key))["status"])


@slow
class WrongChannel(HostileTest):
    def no_answer(self, peer, *messages):
        """Messages that have no answer by design; what comes back answers the request after them."""
        for message in messages:
            peer.send_multipart(message)
        good = header()
        peer.send_multipart(frames(self.key, good))
        self.assertTrue(peer.poll(PATIENCE * 1000))
        self.assertEqual(good["msg_id"], raw_wire.parent_of(peer.recv_multipart()))

    def test_execute_on_control(self):
        reply = self.answer(self.peer("control"), self.signed())
        self.assertIn("shell channel", reply["evalue"])

    def test_interrupt_on_shell(self):
        reply = self.answer(self.peer("shell"), self.signed("interrupt_request", {}))
        self.assertIn("control channel", reply["evalue"])

    def test_input_reply_on_shell_and_control(self):
        for channel in ("shell", "control"):
            self.no_answer(self.peer(channel), self.signed("input_reply", {"value": SECRET}))

    def test_replies_sent_as_requests(self):
        kinds = ("kernel_info_reply", "execute_reply", "shutdown_reply", "status", "stream", "error")
        for channel in ("shell", "control"):
            self.no_answer(self.peer(channel), *(self.signed(kind) for kind in kinds))

    def test_execute_and_shutdown_on_stdin(self):
        self.send("stdin", self.signed(), self.signed("shutdown_request", {"restart": False}))
        time.sleep(0.05)

    def test_answers_that_nobody_asked_for(self):
        peer = self.peer("stdin")
        for _ in range(1000):
            peer.send_multipart(self.signed("input_reply", {"value": SECRET}))
            peer.send_multipart([b"unsigned"])
        cell = self.run_cell(
            "new java.util.Scanner(System.in).nextLine()",
            allow_stdin=True,
            stdin_hook=lambda message: self.client.input("asked"),
        )
        self.assertEqual("asked", cell.result)

    def test_answers_of_wrong_types(self):
        def hook(message):
            channel = self.client.stdin_channel
            channel.send(self.client.session.msg("input_reply", {"value": 7}))
            channel.send(self.client.session.msg("execute_request", HACK))
            self.client.input("right")

        cell = self.run_cell(
            "new java.util.Scanner(System.in).nextLine()", allow_stdin=True, stdin_hook=hook
        )
        self.assertEqual("right", cell.result)

    def test_shutdown_on_iopub(self):
        peer = self.peer("iopub", zmq.XSUB)
        peer.send(b"\x01")
        peer.send_multipart(self.signed("shutdown_request", {"restart": False}))
        peer.send_multipart(self.signed())
        time.sleep(0.05)

    def test_message_on_heartbeat(self):
        peer = self.peer("hb")
        peer.send_multipart([b"", *self.signed("shutdown_request", {"restart": False})])
        self.assertTrue(peer.poll(PATIENCE * 1000))
        self.assertEqual(raw_wire.DELIMITER, peer.recv_multipart()[1])


@slow
class Identities(HostileTest):
    def test_of_255_bytes(self):
        peer = self.peer("shell", identity=b"\x01" * 255)
        self.assertEqual("ok", self.answer(peer, frames(self.key))["status"])

    def test_binary(self):
        peer = self.peer("shell", identity=bytes(range(1, 200)))
        self.assertEqual("ok", self.answer(peer, frames(self.key))["status"])

    def test_delimiter_as_identity(self):
        self.send("shell", self.signed("kernel_info_request", {}))
        self.peer("shell", identity=raw_wire.DELIMITER).send_multipart(frames(self.key))
        time.sleep(0.05)

    def test_stolen(self):
        first = self.peer("shell", identity=b"mine")
        self.assertEqual("ok", self.answer(first, frames(self.key))["status"])
        thief = self.peer("shell", identity=b"mine")
        thief.send_multipart(frames(self.key))
        self.assertEqual("ok", self.answer(first, frames(self.key))["status"])

    def test_extra_frames_before_the_delimiter(self):
        peer = self.peer("shell")
        peer.send_multipart([b"a", b"", b"b", *frames(self.key)])
        self.assertTrue(peer.poll(PATIENCE * 1000))
        self.assertEqual([b"a", b"", b"b"], peer.recv_multipart()[:3])


class Floods(HostileTest):
    def test_unsigned_50_megabytes(self):
        for channel in ("shell", "control", "stdin"):
            self.send(channel, [raw_wire.DELIMITER, b"", b"{}", b"{}", b"{}", b"x" * 50_000_000])

    def test_signed_50_megabytes(self):
        content = {"junk": "x" * 50_000_000}
        message = self.signed("kernel_info_request", content)
        self.assertEqual("ok", self.answer(self.peer("shell"), message)["status"])

    def test_more_than_256_mebibytes(self):
        peer = raw_wire.zmtp_peer(self.ports["shell"])
        self.addCleanup(peer.close)
        peer.sendall(raw_wire.zmtp_large((256 << 20) + 1))
        peer.settimeout(PATIENCE)
        while peer.recv(1000):  # its greeting, then the end of the connection
            pass

    def test_ten_peers_that_announce_200_mebibytes_and_send_nothing(self):
        for _ in range(10):
            peer = raw_wire.zmtp_peer(self.ports["shell"])
            self.addCleanup(peer.close)
            peer.sendall(raw_wire.zmtp_large(200 << 20))

    def test_small_unsigned_messages(self):
        peer = self.peer("shell", sndhwm=0)
        for _ in range(FLOOD):
            peer.send(b"x")
        good = header()
        peer.send_multipart(frames(self.key, good))
        self.assertTrue(peer.poll(PATIENCE * 1000))
        self.assertEqual(good["msg_id"], raw_wire.parent_of(peer.recv_multipart()))
        lines = Path(self.log.name).read_text(errors="replace").count("dropped")
        self.assertLess(lines, 1000)

    def test_flood_does_not_hold_up_control(self):
        peer = self.peer("shell", sndhwm=0)
        for _ in range(FLOOD // 10):
            peer.send_multipart(frames(b"another", content=HACK))
        self.assertEqual("ok", self.answer(self.checker, frames(self.key))["status"])

    def test_subscriptions(self):
        peer = self.peer("iopub", zmq.SUB)
        for i in range(20_000):
            peer.subscribe(f"topic {i}".encode())

    def test_subscribe_and_unsubscribe(self):
        peer = self.peer("iopub", zmq.XSUB, sndhwm=0)
        for _ in range(20_000):
            peer.send(b"\x01")
            peer.send(b"\x00")
        peer.send(b"\x00")

    def test_subscriptions_that_are_no_text_or_too_long(self):
        peer = self.peer("iopub", zmq.XSUB)
        for topic in (b"\xff\xfe", b"x" * 4000, b"\0" * 100, b""):
            peer.send(b"\x01" + topic)
        raw = raw_wire.zmtp_peer(self.ports["iopub"], b"SUB")
        self.addCleanup(raw.close)
        raw.sendall(raw_wire.zmtp_large(1 << 20) + b"\x01" + b"x" * 50_000)

    def test_subscriber_that_does_not_read(self):
        """It holds the others up for a while at most, and loses its own output only."""
        lazy = raw_wire.zmtp_peer(self.ports["iopub"], b"SUB")
        self.addCleanup(lazy.close)
        lazy.sendall(b"\x00\x01\x01")
        time.sleep(0.2)
        lines = 3_000_000
        cell = self.run_cell(f'for (int i = 0; i < {lines}; i++) System.out.println("line " + i);')
        self.assertEqual("".join(f"line {i}\n" for i in range(lines)), cell.stream())

    def test_front_end_that_does_not_read_replies(self):
        peer = self.peer("shell", rcvhwm=1)
        for _ in range(3000):
            peer.send_multipart(frames(self.key))


class Start(unittest.TestCase):
    """Connection files that no kernel may serve."""

    def start(self, **changes):
        manager, client = start_new_kernel(kernel_name=NAME, startup_timeout=PATIENCE)
        client.stop_channels()
        info = manager.get_connection_info(session=False)
        command = [word for word in manager.format_kernel_cmd()]
        manager.shutdown_kernel(now=True)
        info["key"] = info["key"].decode()
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({k: v for k, v in (info | changes).items() if v is not None}, file)
            file.flush()
            command = [file.name if word.endswith(".json") else word for word in command]
            return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)

    def refuses(self, word, **changes):
        done = self.start(**changes)
        self.assertEqual(2, done.returncode, done.stderr)
        self.assertIn(word, done.stderr)
        self.assertNotIn("\tat ", done.stderr)

    def test_without_key(self):
        self.refuses("no key", key="")

    def test_with_unknown_signature(self):
        self.refuses("hmac-nonsense", signature_scheme="hmac-nonsense")

    def test_with_a_port_that_is_text(self):
        self.refuses("connection file", shell_port="x")
