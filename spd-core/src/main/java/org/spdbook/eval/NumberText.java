package org.spdbook.eval;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Whole numbers from 0 below 2^28 as a short text: seven bits in a byte, deflated, in Base64. */
final class NumberText {

    private static final int SEVEN_BITS = 0x7F;

    private NumberText() {}

    /** Numbers as text. */
    static String of(int[] numbers) {
        var bytes = new ByteArrayOutputStream();
        for (int number : numbers) {
            write(number, bytes);
        }
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes.toByteArray());
        deflater.finish();
        var deflated = new ByteArrayOutputStream();
        byte[] part = new byte[bytes.size() + 64];
        while (!deflater.finished()) {
            deflated.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return Base64.getEncoder().encodeToString(deflated.toByteArray());
    }

    /** Seven bits in a byte, the lowest first; the eighth says that there are more. */
    private static void write(int number, ByteArrayOutputStream to) {
        int left = number;
        while (left > SEVEN_BITS) {
            to.write(left & SEVEN_BITS | SEVEN_BITS + 1);
            left >>>= 7;
        }
        to.write(left);
    }

    /**
     * Reads {@link #of}.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    static int[] parse(String text) {
        byte[] bytes;
        try {
            bytes = inflated(Base64.getDecoder().decode(text));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("these bytes were not deflated", e);
        }
        IntStream.Builder numbers = IntStream.builder();
        int begin = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] >= 0) {
                numbers.add(number(Arrays.copyOfRange(bytes, begin, at + 1)));
                begin = at + 1;
            }
        }
        if (begin < bytes.length) {
            throw new IllegalArgumentException("the last number is cut off");
        }
        return numbers.build().toArray();
    }

    private static int number(byte[] bytes) {
        if (bytes.length > 4) {
            throw new IllegalArgumentException("a number of more than 28 bits");
        }
        int number = 0;
        for (int i = 0; i < bytes.length; i++) {
            number |= (bytes[i] & SEVEN_BITS) << 7 * i;
        }
        return number;
    }

    private static byte[] inflated(byte[] bytes) throws DataFormatException {
        var inflater = new Inflater();
        inflater.setInput(bytes);
        var all = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 13];
        int length = inflater.inflate(part);
        while (length > 0) {
            all.write(part, 0, length);
            length = inflater.inflate(part);
        }
        boolean whole = inflater.finished();
        inflater.end();
        if (!whole) {
            throw new DataFormatException("cut off");
        }
        return all.toByteArray();
    }
}
