package org.spdbook.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.protocol.StandardInput;
import org.spdbook.kernel.shell.Ask;

/**
 * {@code System.in} of the cells: every line is asked of the front-end. One thread reads at a time, others wait. A thread that
 * still waits for a line when the next cell begins is told that nobody will type one, so that the next cell can ask.
 */
final class Input extends InputStream implements Ask.Front {

    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable StandardInput channel;
    private volatile @Nullable Request cell;
    private @Nullable Request asked;
    private @Nullable Thread asking;
    private byte[] line = {};
    private int at;

    /** Becomes the process' standard input, answered over this channel. */
    void install(StandardInput served) {
        channel = served;
        System.setIn(this);
        Ask.install(this);
    }

    /** From now on this cell is asked; what is left of an older line is forgotten. */
    synchronized void beginCell(Request request) {
        cell = request;
        if (asking != null) {
            asking.interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        read(one, 0, 1);
        return one[0] & 0xff;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the line of this very cell
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        enter();
        try {
            if (at == line.length || asked != cell) {
                Request now = cell;
                line = (asked(now, "", false) + "\n").getBytes(StandardCharsets.UTF_8);
                at = 0;
                asked = now;
            }
            int count = Math.min(length, line.length - at);
            System.arraycopy(line, at, target, offset, count);
            at += count;
            return count;
        } finally {
            reading.unlock();
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // as above
    public int available() {
        return asked == cell ? line.length - at : 0;
    }

    @Override
    public String ask(String prompt, boolean password) throws IOException {
        enter();
        try {
            return asked(cell, prompt, password);
        } finally {
            reading.unlock();
        }
    }

    private void enter() throws IOException {
        try {
            reading.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("the cell was interrupted while it waited for input");
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private String asked(@Nullable Request now, String prompt, boolean password) throws IOException {
        StandardInput open = channel;
        if (open == null || now == null || !now.message().flag("allow_stdin", false)) {
            throw new IOException("this front-end gives no input to cells; put the value into a variable instead");
        }
        try {
            begin(now);
            return open.readLine(now, prompt, password);
        } catch (InterruptedException e) {
            if (cell != now) {
                throw new IOException("the cell that asked for this input has ended, and nobody can answer it");
            }
            throw interrupted();
        } finally {
            end(now);
        }
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private synchronized void begin(Request now) throws InterruptedException {
        if (cell != now) {
            throw new InterruptedException();
        }
        asking = Thread.currentThread();
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private synchronized void end(Request now) {
        asking = null;
        if (cell != now) {
            Thread.interrupted(); // it said no more than that
        }
    }
}
