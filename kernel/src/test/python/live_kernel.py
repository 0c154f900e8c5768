"""A kernel in its own process, spoken to as Jupyter does: what all its tests begin with.

The kernel named in SPD_KERNEL (spd-java when it is not set) must be installed where this Python's Jupyter looks.
"""

import os
import threading
import time
import unittest

from jupyter_client.manager import start_new_kernel

os.environ.setdefault("SPD_KERNEL_HISTORY", "")  # the cells of tests are nobody's history
NAME = os.environ.get("SPD_KERNEL", "spd-java")
PATIENCE = 60
ALL = bool(os.environ.get("SPD_TEST_ALL"))


def slow(test):
    """Marks a test or a class that run.py leaves out unless it is told --all."""
    test.slow = True
    return test


class Cell:
    """What one execution gave back."""

    def __init__(self, reply, outputs):
        self.reply = reply["content"]
        self.status = self.reply["status"]
        self.outputs = outputs

    def of(self, kind):
        return [content for type_, content in self.outputs if type_ == kind]

    def stream(self, name="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == name)

    @property
    def result(self):
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    @property
    def traceback(self):
        return "\n".join(self.reply.get("traceback", []))


class KernelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name=NAME, startup_timeout=PATIENCE)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel(now=True)

    def run_cell(self, code, when=None, act=None, **options):
        """Runs a cell; act() is called once when the first output of type `when` arrives."""
        outputs = []
        waiting = [when]

        def hook(message):
            outputs.append((message["msg_type"], message["content"]))
            if waiting[0] == message["msg_type"]:
                waiting[0] = None
                act()

        reply = self.client.execute_interactive(
            code, timeout=PATIENCE, output_hook=hook, **options
        )
        return Cell(reply, outputs)

    def request(self, name, **arguments):
        return getattr(self.client, name)(**arguments, reply=True, timeout=PATIENCE)["content"]

    def reply_to(self, message_id):
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"]["msg_id"] == message_id:
                return reply["content"]

    def interrupt_once_printing(self, code):
        """Interrupts the cell 0.3 s after its first output; returns the cell and the seconds until it ended."""
        at = []

        def later():
            at.append(time.monotonic())
            self.manager.interrupt_kernel()

        cell = self.run_cell(code, "stream", lambda: threading.Timer(0.3, later).start())
        return cell, time.monotonic() - at[0]
