"""The wire without jupyter_client's good manners: signed and unsigned frames, bare TCP, ZMTP by hand."""

import hashlib
import hmac
import json
import socket
import struct
import uuid
from datetime import datetime, timezone

import zmq

DELIMITER = b"<IDS|MSG>"


def header(kind="kernel_info_request", **changes):
    made = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "session": "hostile",
        "username": "u",
        "date": datetime.now(timezone.utc).isoformat(),
        "version": "5.4",
    }
    return {k: v for k, v in (made | changes).items() if v is not None}


def as_bytes(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def sign(key, body, scheme=hashlib.sha256):
    return hmac.new(key, b"".join(body), scheme).hexdigest().encode()


def frames(key, head=None, content=b"{}", parent=b"{}", metadata=b"{}", scheme=hashlib.sha256):
    """A signed message; head and the rest may be bytes that are no JSON."""
    body = [as_bytes(part) for part in (header() if head is None else head, parent, metadata, content)]
    return [DELIMITER, sign(key, body, scheme), *body]


def content_of(message):
    """The content of a reply, whatever identities come before the delimiter."""
    return json.loads(message[message.index(DELIMITER) + 5])


def type_of(message):
    return json.loads(message[message.index(DELIMITER) + 2])["msg_type"]


def parent_of(message):
    return json.loads(message[message.index(DELIMITER) + 3]).get("msg_id")


def tcp(port):
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def zmtp_greeting():
    return b"\xff" + b"\0" * 7 + b"\x01\x7f" + b"\x03\0" + b"NULL".ljust(20, b"\0") + b"\0" * 32


def zmtp_ready(kind=b"DEALER"):
    body = b"\x05READY\x0bSocket-Type" + struct.pack(">I", len(kind)) + kind
    return bytes([4, len(body)]) + body


def zmtp_peer(port, kind=b"DEALER"):
    """A bare TCP connection after the handshake of ZMTP 3."""
    peer = tcp(port)
    peer.sendall(zmtp_greeting() + zmtp_ready(kind))
    return peer


def zmtp_large(size, more=False):
    """The beginning of a frame that announces a size."""
    return bytes([3 if more else 2]) + struct.pack(">Q", size)


def zmq_peer(port, kind=zmq.DEALER, identity=None, **options):
    peer = zmq.Context.instance().socket(kind)
    peer.linger = 0
    if identity is not None:
        peer.identity = identity
    for name, value in options.items():
        setattr(peer, name, value)
    peer.connect(f"tcp://127.0.0.1:{port}")
    return peer
