package org.spdbook.kernel.protocol;

import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.Ctx;

/** A socket of a kind of our own choice on the context, and thereby the threads, of jupyter-jvm-basekernel's sockets. */
final class ContextSocket extends ZMQ.Socket {

    private ContextSocket(Ctx context, SocketType type) {
        super(context.createSocket(type.type()));
    }

    /**
     * In place of a PUB socket: besides publishing it tells of each subscription, and refuses a message that a subscriber has no
     * room for instead of dropping it.
     */
    static ZMQ.Socket publishing(Ctx context) {
        ZMQ.Socket socket = new ContextSocket(context, SocketType.XPUB);
        socket.setXpubVerbose(true);
        socket.setXpubNoDrop(true);
        return socket;
    }

    /**
     * In place of a REP socket, which loses the next peer's reply after a message without an envelope from a peer that is gone: one
     * bare TCP connection could make Jupyter believe that the kernel is dead. What comes is sent back with all its frames.
     */
    static ZMQ.Socket echoing(Ctx context) {
        return new ContextSocket(context, SocketType.ROUTER);
    }
}
