package org.spdbook.kernel.protocol;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Collects what is printed and hands it on in few pieces: when 8 KiB are there, or when {@link #deliver} is called. Bytes are
 * UTF-8; a character split over two writes stays whole. A print waits while the sink does. Beyond {@value #LIMIT} characters of a
 * cell the rest is left out with a notice: no front-end survives a cell that prints for ever. Safe for any thread.
 */
public final class OutputBatch extends OutputStream {

    private static final int FULL = 8192;
    private static final long LIMIT = 100_000_000;

    private final Consumer<String> sink;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes = ByteBuffer.allocate(FULL);
    private final CharBuffer chars = CharBuffer.allocate(FULL);
    private final Runnable begun;
    private boolean announced;
    private long sent;

    /**
     * A stream that hands text to a sink.
     *
     * @param sink gets each piece
     * @param begun runs when the first byte of a piece is there, so that somebody delivers it in time
     */
    public OutputBatch(Consumer<String> sink, Runnable begun) {
        this.sink = sink;
        this.begun = begun;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
        if (!announced && length > 0) {
            announced = true;
            begun.run();
        }
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int part = Math.min(bytes.remaining(), end - at);
            bytes.put(source, at, part);
            at += part;
            if (!bytes.hasRemaining()) {
                deliver();
            }
        }
    }

    /** Hands on all whole characters. */
    public synchronized void deliver() {
        announced = false;
        bytes.flip();
        decoder.decode(bytes, chars, false);
        bytes.compact();
        String text = chars.flip().toString();
        chars.clear();
        if (text.isEmpty() || sent > LIMIT) {
            return;
        }
        sent += text.length();
        sink.accept(
                sent <= LIMIT
                        ? text
                        : text + "\n[output beyond " + LIMIT + " characters is left out; write it to a file]\n");
    }

    /** Delivers what is left and counts from nought: a new cell begins. */
    public synchronized void beginCell() {
        deliver();
        sent = 0;
    }
}
