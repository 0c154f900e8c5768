package org.spdbook.kernel.protocol;

import zmq.Msg;
import zmq.msg.MsgAllocator;

/**
 * Memory for a frame of the size that a peer announces. A size that cannot be had (negative on the wire, or no memory is left)
 * gives an empty frame instead of an error that would end the thread of all sockets; what that peer sends then makes no sense and
 * is dropped. Safe for any thread.
 */
final class FrameAllocator implements MsgAllocator {

    @Override
    public Msg allocate(int size) {
        if (size < 0) {
            return new Msg();
        }
        try {
            return new Msg(size);
        } catch (OutOfMemoryError e) {
            return new Msg();
        }
    }
}
