package org.spdbook.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.protocol.StandardInput;

/** {@code System.in} of the cells: every line is asked of the front-end. */
final class Input extends InputStream {

    private final StandardInput channel;
    private volatile @Nullable Request cell;
    private byte[] line = {};
    private int at;

    Input(StandardInput channel) {
        this.channel = channel;
    }

    /** From now on this cell is asked; what is left of an older line is forgotten. */
    synchronized void beginCell(Request request) {
        cell = request;
        at = line.length;
    }

    @Override
    public synchronized int read() throws IOException {
        fill();
        return line[at++] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        fill();
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public synchronized int available() {
        return line.length - at;
    }

    private void fill() throws IOException {
        if (at < line.length) {
            return;
        }
        Request asked = cell;
        if (asked == null || !asked.message().flag("allow_stdin", false)) {
            throw new IOException("this front-end gives no input to cells; put the value into a variable instead");
        }
        try {
            line = (channel.readLine(asked, "", false) + "\n").getBytes(StandardCharsets.UTF_8);
            at = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the cell was interrupted while it waited for input");
        }
    }
}
