"""What a peer can do with bare connections, on each of the five ports. After each case the kernel is seen to be well."""

import os
import time
from pathlib import Path

import live_kernel
import raw_wire
import zmq
from hostile import HostileTest, cases

PORTS = ("shell", "control", "stdin", "hb", "iopub")
ROLES = {"shell": b"DEALER", "control": b"DEALER", "stdin": b"DEALER", "hb": b"REQ", "iopub": b"SUB"}


def on_tcp(data, hold=False):
    """Sends bytes on a bare connection; held ones stay open until the kernel was seen to be well."""

    def act(test, channel):
        peer = raw_wire.tcp(test.ports[channel])
        test.addCleanup(peer.close)
        peer.sendall(data(channel))
        if not hold:
            peer.close()

    return act


def storm(test, channel):
    for i in range(200):
        peer = raw_wire.tcp(test.ports[channel])
        if i % 2:
            peer.sendall(raw_wire.zmtp_greeting()[: i % 64])
        peer.close()


def zmq_storm(test, channel):
    kind = {"iopub": zmq.SUB, "hb": zmq.REQ}.get(channel, zmq.DEALER)
    for _ in range(100):
        peer = raw_wire.zmq_peer(test.ports[channel], kind)
        if kind == zmq.SUB:
            peer.subscribe(b"")
        else:
            peer.send(b"x")
        peer.close()


def slow(test, channel):
    peer = raw_wire.tcp(test.ports[channel])
    test.addCleanup(peer.close)
    for byte in raw_wire.zmtp_greeting()[:30]:
        peer.sendall(bytes([byte]))
        time.sleep(0.002)


def handshake(rest):
    return lambda channel: raw_wire.zmtp_greeting() + raw_wire.zmtp_ready(ROLES[channel]) + rest


KINDS = {
    "http": on_tcp(lambda channel: b"POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nsend=this"),
    "tls": on_tcp(lambda channel: b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + bytes(range(256)) * 2),
    "garbage": on_tcp(lambda channel: bytes((i * 7919 + 13) % 251 for i in range(100_000)), hold=True),
    "zeros": on_tcp(lambda channel: b"\0" * 100_000, hold=True),
    "silence": on_tcp(lambda channel: b"", hold=True),
    "half_a_greeting": on_tcp(lambda channel: raw_wire.zmtp_greeting()[:20], hold=True),
    "old_greeting": on_tcp(lambda channel: b"\x01\0\x05\0hello", hold=True),
    "unknown_mechanism": on_tcp(lambda channel: raw_wire.zmtp_greeting().replace(b"NULL", b"WHAT"), hold=True),
    "wrong_role": on_tcp(lambda channel: raw_wire.zmtp_greeting() + raw_wire.zmtp_ready(b"PAIR"), hold=True),
    "bad_command": on_tcp(handshake(b"\x04\x05\x04NOPE"), hold=True),
    "frame_of_a_terabyte": on_tcp(handshake(raw_wire.zmtp_large(1 << 40) + b"x" * 100), hold=True),
    "frame_of_negative_size": on_tcp(handshake(raw_wire.zmtp_large((1 << 64) - 2) + b"x" * 1000), hold=True),
    "frame_of_the_largest_int": on_tcp(handshake(raw_wire.zmtp_large((1 << 31) - 1) + b"x"), hold=True),
    "frame_that_does_not_end": on_tcp(handshake(raw_wire.zmtp_large(1000, more=True) + b"x" * 10), hold=True),
    "byte_by_byte": slow,
    "connections_storm": storm,
    "zmq_storm": zmq_storm,
}


def on(*channels):
    """Every kind on these channels."""
    return cases(
        {
            f"{kind}_on_{channel}": (lambda test, act=act, channel=channel: act(test, channel))
            for kind, act in KINDS.items()
            for channel in channels
        }
    )


@on("shell")
class Connections(HostileTest):
    def tearDown(self):
        HostileTest.tearDown(self)
        self.assertTrue(any(self.cores_used(0.2) < 0.5 for _ in range(20)), "a peer keeps the kernel busy")

    def cores_used(self, seconds):
        stat = Path(f"/proc/{self.manager.provisioner.pid}/stat")
        ticks = lambda: sum(map(int, stat.read_text().rsplit(")", 1)[1].split()[11:13]))
        before = ticks()
        time.sleep(seconds)
        return (ticks() - before) / os.sysconf("SC_CLK_TCK") / seconds


@live_kernel.slow
@on(*(channel for channel in PORTS if channel != "shell"))
class OtherConnections(HostileTest):
    tearDown = Connections.tearDown
    cores_used = Connections.cores_used
