package org.spdbook.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of a pickle as its numbers and texts, in order. Each throws {@link java.nio.BufferUnderflowException} at the end. No
 * more is ever held than the pickle has bytes.
 */
final class PickleInput {

    /** Bytes of a whole number. */
    private static final int LONGEST_NUMBER = 255;

    /** Bytes of one text, which is held in memory. */
    private static final int MAX_TEXT = 1 << 24;

    private final Path file;
    private final ByteBuffer in;

    /**
     * @param file for messages
     * @param in from position to limit
     */
    PickleInput(Path file, ByteBuffer in) {
        this.file = file;
        this.in = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes read so far. */
    int position() {
        return in.position();
    }

    int unsignedByte() {
        return in.get() & 0xFF;
    }

    int unsignedShort() {
        return Short.toUnsignedInt(in.getShort());
    }

    int signedInt() {
        return in.getInt();
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(in.getInt());
    }

    long signedLong() {
        return in.getLong();
    }

    /** The only numbers that are big-endian there. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
    }

    /** A whole number of so many bytes: a Long where it fits, else a BigInteger. */
    Object number(int length) throws TorchZipException {
        if (length < 0 || length > LONGEST_NUMBER) {
            throw new TorchZipException(
                    file,
                    "its pickle has a number of " + Integer.toUnsignedString(length) + " bytes at byte " + position());
        }
        if (length == 0) {
            return 0L;
        }
        byte[] digits = bytes(length);
        for (int i = 0; i < length / 2; i++) {
            byte low = digits[i];
            digits[i] = digits[length - 1 - i];
            digits[length - 1 - i] = low;
        }
        var value = new BigInteger(digits);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    String text(long length, Charset charset) throws TorchZipException {
        if (length > MAX_TEXT) {
            throw new TorchZipException(
                    file,
                    "its pickle has a text of " + length + " bytes at byte " + position() + ", at most " + MAX_TEXT
                            + " are read");
        }
        return new String(bytes(length), charset);
    }

    byte[] bytes(long length) throws TorchZipException {
        if (length < 0 || length > in.remaining()) {
            throw new TorchZipException(
                    file,
                    "its pickle has a text of " + Long.toUnsignedString(length) + " bytes at byte " + position()
                            + ", where " + in.remaining() + " are left");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    /** Text to the end of the line, without it. */
    String line() {
        int start = in.position();
        while (in.get() != '\n') {
            // on to the end of the line
        }
        byte[] line = new byte[in.position() - 1 - start];
        in.get(start, line);
        return new String(line, StandardCharsets.UTF_8);
    }
}
