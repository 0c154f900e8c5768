package org.spdbook.kernel.protocol;

import java.util.ArrayList;
import java.util.List;
import org.zeromq.ZMQ;

/** The frames of one message, to and from a socket. */
final class Frames {

    /** More frames than any message of the protocol has; what follows is read and thrown away. */
    static final int MOST = 1024;

    private Frames() {}

    /**
     * All frames of one message; none when nothing waits and the flags say not to wait. Of a message with more than {@link #MOST}
     * frames one more than that is kept, so that {@link WireFormat} sees that it is too long.
     */
    static List<byte[]> receive(ZMQ.Socket socket, int flags) {
        List<byte[]> frames = new ArrayList<>();
        byte[] frame = socket.recv(flags);
        while (frame != null) {
            if (frames.size() <= MOST) {
                frames.add(frame);
            }
            frame = socket.hasReceiveMore() ? socket.recv(0) : null;
        }
        return frames;
    }

    /**
     * Sends one message.
     *
     * @param flags those of the first frame
     * @return whether it was sent; if not, nothing of it was
     */
    static boolean send(ZMQ.Socket socket, List<byte[]> frames, int flags) {
        int last = frames.size() - 1;
        if (!socket.send(frames.get(0), flags | (last > 0 ? ZMQ.SNDMORE : 0))) {
            return false;
        }
        for (int i = 1; i <= last; i++) {
            socket.send(frames.get(i), i < last ? ZMQ.SNDMORE : 0);
        }
        return true;
    }

    /** Bytes of all frames. */
    static long size(List<byte[]> frames) {
        return frames.stream().mapToLong(frame -> frame.length).sum();
    }
}
