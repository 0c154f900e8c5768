"""What the tests of hostile messages share: a kernel whose log is kept, and the check that it is well."""

import os
import tempfile
from pathlib import Path

import raw_wire
import zmq
from jupyter_client.manager import start_new_kernel
from live_kernel import NAME, PATIENCE, KernelTest
from raw_wire import frames, header

SECRET = "content-that-no-log-may-hold"
HACK = {"code": f'System.setProperty("hacked", "{SECRET}");'}
CODE = 'System.getProperty("hacked") == null ? 1 + 1 : -1'
FLOOD = 1_000_000 if os.environ.get("SPD_TEST_ALL") else 100_000


class HostileTest(KernelTest):
    """A kernel whose log is kept, and the check that it is well."""

    @classmethod
    def setUpClass(cls):
        cls.log = tempfile.NamedTemporaryFile(suffix=".log")
        cls.addClassCleanup(cls.log.close)
        cls.manager, cls.client = start_new_kernel(
            kernel_name=NAME, startup_timeout=PATIENCE, stdout=cls.log, stderr=cls.log
        )
        cls.key = cls.manager.session.key
        cls.ports = {
            name: getattr(cls.manager, f"{name}_port")
            for name in ("shell", "control", "stdin", "hb", "iopub")
        }
        cls.checker = raw_wire.zmq_peer(cls.ports["control"])
        cls.addClassCleanup(cls.checker.close)

    def peer(self, channel, kind=zmq.DEALER, **options):
        made = raw_wire.zmq_peer(self.ports[channel], kind, **options)
        self.addCleanup(made.close)
        return made

    def send(self, channel, *messages):
        peer = self.peer(channel)
        for message in messages:
            peer.send_multipart(message)
        return peer

    def signed(self, kind="execute_request", content=None, **changes):
        return frames(self.key, header(kind, **changes), HACK if content is None else content)

    def answer(self, peer, message=None):
        """The content of the next answer; of the answer to a message when one is given."""
        if message:
            peer.send_multipart(message)
        self.assertTrue(peer.poll(PATIENCE * 1000), "no answer")
        return raw_wire.content_of(peer.recv_multipart())

    def well(self):
        self.assertEqual("2", self.run_cell(CODE).result)
        self.assertEqual("ok", self.answer(self.checker, frames(self.key))["status"])
        beat = self.peer("hb", zmq.REQ)
        beat.send(b"ping")
        self.assertTrue(beat.poll(PATIENCE * 1000), "no heartbeat")
        self.assertEqual(b"ping", beat.recv())

    def tearDown(self):
        self.well()
        log = Path(self.log.name).read_text(errors="replace")
        self.assertNotIn(SECRET, log)
        self.assertNotIn(self.key.decode(), log)


def cases(table):
    """Makes a test of each entry: name, and what is done with the test itself."""

    def fill(cls):
        for name, act in table.items():
            setattr(cls, f"test_{name}", lambda self, act=act: act(self))
        return cls

    return fill
