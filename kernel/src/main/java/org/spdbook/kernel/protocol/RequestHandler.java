package org.spdbook.kernel.protocol;

/** What a kernel does with requests. */
public interface RequestHandler {

    /** A request of the shell channel. They come one at a time, in order, on one thread. */
    void shell(Request request);

    /** A request of the control channel, on a thread of its own, also while the shell is busy. */
    void control(Request request);
}
