"""A kernel in processes of its own, started by jupyter_client and spoken to over plain blocking sockets."""

import dataclasses
import math
import os
import pathlib
import tempfile
import time

import psutil
import zmq
from jupyter_client import KernelManager

from kernel_code import LANGUAGES

PATIENCE = 60.0
"""Seconds after which a request counts as unanswered."""

START_PATIENCE = 30.0
RECONNECT_MILLISECONDS = 10  # zmq's own 100 ms would round the time of a start up
FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
"""Variables of folders with what kernels keep between sessions."""


class Unanswered(Exception):
    """The kernel did not do in time what it was asked; it may never answer again."""


class WrongAnswer(Exception):
    """The kernel answered, but not what any kernel must."""


@dataclasses.dataclass
class Cell:
    """What came back for one request, in `seconds` from sending it to what was waited for."""

    sent: float
    seconds: float = math.nan
    reply: dict | None = None
    idle: bool = False
    outputs: list[tuple[str, dict]] = dataclasses.field(default_factory=list)

    @property
    def status(self):
        return self.reply.get("status", "ok")  # some kernels leave it out of some replies

    def of(self, kind):
        return [content for type_, content in self.outputs if type_ == kind]

    @property
    def printed(self):
        return "".join(content["text"] for content in self.of("stream"))

    @property
    def results(self):
        """The text of each result, the longest where it came in several formats."""
        return [max(content["data"].values(), key=len) for content in self.of("execute_result")]


class Kernel:
    """Starts in the constructor: `kernel_info_seconds` and `first_cell_seconds` count from there."""

    def __init__(self, name):
        self.folder = tempfile.TemporaryDirectory(prefix="kernel-benchmark-", ignore_cleanup_errors=True)
        self.context = zmq.Context()
        self.context.rcvhwm = 0
        self.context.linger = 0
        self.context.reconnect_ivl = RECONNECT_MILLISECONDS
        self.manager = KernelManager(kernel_name=name, context=self.context)
        self.session = self.manager.session
        self.code = LANGUAGES[self.manager.kernel_spec.language]
        self.waiting = {}
        start = time.perf_counter()
        self.log = open(pathlib.Path(self.folder.name) / "log", "w")
        self.manager.start_kernel(cwd=self.folder.name, env=self._settings(), stdout=self.log, stderr=self.log)
        self.process = psutil.Process(self.manager.provisioner.process.pid)
        try:
            self._connect()
            self.info = self.ask("kernel_info_request", {}, START_PATIENCE).reply
            self.kernel_info_seconds = time.perf_counter() - start
            self._await_iopub()
            self.first_cell = self.execute(self.code.expression(2))
            self.first_cell_seconds = time.perf_counter() - start
        except BaseException:
            self.kill()
            raise

    def _settings(self):
        empty = {variable: os.path.join(self.folder.name, variable) for variable in FOLDERS}
        for folder in empty.values():
            os.mkdir(folder)
        return dict(os.environ, **empty, SPD_KERNEL_HISTORY=os.path.join(self.folder.name, "history.jsonl"))

    def _connect(self):
        self.shell, self.iopub, self.control, self.heartbeat = (
            getattr(self.manager, f"connect_{channel}")() for channel in ("shell", "iopub", "control", "hb")
        )
        self.poller = zmq.Poller()
        for socket in (self.shell, self.iopub, self.control):
            self.poller.register(socket, zmq.POLLIN)

    def _await_iopub(self):
        """A subscription takes effect some time after the first reply: asks until something is published."""
        for _ in range(100):
            if self.iopub.poll(20):
                return
            self.ask("kernel_info_request", {})
        raise Unanswered("nothing was published on iopub")

    def send(self, kind, content, socket=None):
        """Sends without waiting; returns the message's id for `finish`."""
        message = self.session.msg(kind, content)
        identity = message["header"]["msg_id"]
        self.waiting[identity] = Cell(sent=time.perf_counter())
        self.session.send(socket or self.shell, message)
        return identity

    def send_cell(self, code):
        return self.send("execute_request", {"code": code, "silent": False, "store_history": True, "allow_stdin": False})

    def execute(self, code, patience=PATIENCE):
        return self.finish(self.send_cell(code), patience)

    def ask(self, kind, content, patience=PATIENCE):
        """Waits for the reply only."""
        return self._await(self.send(kind, content), lambda cell: cell.reply is not None, patience)

    def finish(self, identity, patience=PATIENCE):
        return self._await(identity, lambda cell: cell.reply is not None and cell.idle, patience)

    def await_output(self, identity, kind, patience=PATIENCE):
        deadline = time.perf_counter() + patience
        while not self.waiting[identity].of(kind):
            self._receive(identity, deadline)

    def _await(self, identity, done, patience):
        deadline = time.perf_counter() + patience
        cell = self.waiting[identity]
        while not done(cell):
            self._receive(identity, deadline)
        cell.seconds = time.perf_counter() - cell.sent
        del self.waiting[identity]
        return cell

    def _receive(self, identity, deadline):
        """Takes in what has come, each message to the request it belongs to; late ones of finished requests are left."""
        ready = self.poller.poll(max(0.0, deadline - time.perf_counter()) * 1000)
        if not ready:
            seen = self.waiting.pop(identity)
            waited = time.perf_counter() - seen.sent
            raise Unanswered(f"no {'idle' if seen.reply else 'reply'} within {waited:.0f} s, {len(seen.outputs)} outputs")
        for socket, _ in ready:
            _, message = self.session.recv(socket, zmq.NOBLOCK)
            cell = self.waiting.get(message["parent_header"].get("msg_id"))
            if cell is None:
                continue
            kind, content = message["msg_type"], message["content"]
            if socket is not self.iopub:
                cell.reply = content
            elif kind == "status":
                cell.idle = cell.idle or content["execution_state"] == "idle"
            else:
                cell.outputs.append((kind, content))

    def processes(self):
        try:
            return [self.process, *self.process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def memory_mib(self):
        """Resident memory of the kernel and of the processes it started."""
        return sum(process.memory_info().rss for process in self.processes()) / 2**20

    def busy_fraction(self, seconds):
        """Of one core, over so many seconds from now."""
        before, start = self._cpu_seconds(), time.perf_counter()
        time.sleep(seconds)
        return (self._cpu_seconds() - before) / (time.perf_counter() - start)

    def _cpu_seconds(self):
        return sum(sum(process.cpu_times()[:2]) for process in self.processes())

    def shut_down(self, patience):
        """Seconds from the request to the end of all its processes."""
        processes = self.processes()
        start = time.perf_counter()
        self.send("shutdown_request", {"restart": False}, self.control)
        while any(map(_runs, processes)):
            if time.perf_counter() - start > patience:
                raise Unanswered(f"still there {patience:.0f} s after the shutdown request")
            time.sleep(0.002)
        return time.perf_counter() - start

    def kill(self):
        """Ends what is left of it; also right after `shut_down`."""
        for process in self.processes():
            try:
                process.kill()
            except psutil.NoSuchProcess:
                pass
        self.manager.provisioner.process.wait()
        self.manager.cleanup_resources()
        self.context.destroy(linger=0)
        self.log.close()
        self.folder.cleanup()


def _runs(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
