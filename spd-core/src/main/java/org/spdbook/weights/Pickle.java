package org.spdbook.weights;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.weights.PickleValue.Dictionary;
import org.spdbook.weights.PickleValue.Items;
import org.spdbook.weights.PickleValue.Skipped;
import org.spdbook.weights.PickleValue.Tuple;

/**
 * Reads a pickle of the protocols 2 to 5, with the instructions that torch.save writes. It knows no classes and calls nothing of
 * Python: names go to {@link TorchGlobals}, which refuses those it has no Java code for. A loop over a stack, without recursion,
 * bounded in the number of values.
 */
final class Pickle {

    /** Values put on the stack, those read again from the memo counted again: those of 40 thousand tensors. */
    static final int MAX_VALUES = 1_000_000;

    /** Bytes of a whole number. */
    private static final int LONGEST_NUMBER = 255;

    private final Path file;
    private final ByteBuffer in;
    private final TorchGlobals globals;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int values;

    private Pickle(Path file, ByteBuffer in) {
        this.file = file;
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
        this.globals = new TorchGlobals(file);
    }

    /**
     * The value of a pickle.
     *
     * @param file for messages
     * @param pickle from position to limit
     */
    static Object read(Path file, ByteBuffer pickle) throws TorchZipException {
        return new Pickle(file, pickle).run();
    }

    private Object run() throws TorchZipException {
        try {
            if (byteOf(in) != 0x80 || !protocol(byteOf(in))) {
                throw broken("its pickle is not of one of the protocols 2 to 5");
            }
            int code = byteOf(in);
            while (code != '.') {
                step(code);
                code = byteOf(in);
            }
            return pop();
        } catch (BufferUnderflowException e) {
            throw broken("its pickle ends in the middle");
        }
    }

    private static boolean protocol(int number) {
        return number >= 2 && number <= 5;
    }

    private void step(int code) throws TorchZipException {
        switch (code) {
            case 0x80 -> {
                if (!protocol(byteOf(in))) {
                    throw broken("its pickle changes to a protocol that is not one of 2 to 5");
                }
            }
            case 0x95 -> in.getLong(); // FRAME, whose length only matters to streams
            case '(' -> {
                count();
                marks.add(stack.size());
            }
            case '0' -> pop();
            case 'N' -> push(PickleValue.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.getInt());
            case 'K' -> push((long) byteOf(in));
            case 'M' -> push((long) Short.toUnsignedInt(in.getShort()));
            case 0x8a -> push(number(byteOf(in)));
            case 0x8b -> push(number(in.getInt()));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X' -> push(text(Integer.toUnsignedLong(in.getInt()), StandardCharsets.UTF_8));
            case 0x8c -> push(text(byteOf(in), StandardCharsets.UTF_8));
            case 0x8d -> push(text(in.getLong(), StandardCharsets.UTF_8));
            case 'T' -> push(text(Integer.toUnsignedLong(in.getInt()), StandardCharsets.ISO_8859_1));
            case 'U' -> push(text(byteOf(in), StandardCharsets.ISO_8859_1));
            case 'B' -> push(bytes(Integer.toUnsignedLong(in.getInt())));
            case 'C' -> push(bytes(byteOf(in)));
            case 0x8e, 0x96 -> push(bytes(in.getLong()));
            default -> structure(code);
        }
    }

    private void structure(int code) throws TorchZipException {
        switch (code) {
            case ')' -> push(new Tuple(List.of()));
            case 0x85, 0x86, 0x87 -> push(new Tuple(popFrom(stack.size() - (code - 0x84))));
            case 't' -> push(new Tuple(popToMark()));
            case ']', 0x8f -> push(new Items());
            case '}' -> push(new Dictionary());
            case 0x91 -> {
                Items frozen = new Items();
                frozen.items.addAll(popToMark());
                push(frozen);
            }
            case 'a' -> append(popFrom(stack.size() - 1));
            case 'e', 0x90 -> append(popToMark());
            case 's' -> setItems(popFrom(stack.size() - 2));
            case 'u' -> setItems(popToMark());
            case 'q' -> memoize(byteOf(in));
            case 'r' -> memoize(in.getInt());
            case 0x94 -> memoize(memo.size());
            case 'h' -> push(memoized(byteOf(in)));
            case 'j' -> push(memoized(in.getInt()));
            default -> object(code);
        }
    }

    private void object(int code) throws TorchZipException {
        switch (code) {
            case 'c' -> push(globals.named(line() + "." + line()));
            case 0x93 -> {
                List<Object> names = popFrom(stack.size() - 2);
                if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
                    throw broken("its pickle has a name that is no text at byte " + in.position());
                }
                push(globals.named(module + "." + name));
            }
            case 'R', 0x81 -> {
                List<Object> call = popFrom(stack.size() - 2);
                push(globals.call(call.get(0), tuple(call.get(1)).items));
            }
            case 0x92 -> {
                List<Object> call = popFrom(stack.size() - 3);
                if (!(call.get(0) instanceof Skipped)) {
                    throw broken("its pickle calls something with named arguments at byte " + in.position());
                }
                push(call.get(0));
            }
            case 'b' -> {
                pop();
                if (!(top() instanceof Skipped) && !(top() instanceof Dictionary)) {
                    throw broken("its pickle changes the state of something that has none at byte " + in.position());
                }
            }
            case 'Q' -> push(globals.storage(pop()));
            default ->
                throw broken("its pickle has the instruction " + String.format("0x%02x", code) + " at byte "
                        + (in.position() - 1) + ", which torch.save does not write");
        }
    }

    private void push(Object value) throws TorchZipException {
        count();
        stack.add(value);
    }

    private void count() throws TorchZipException {
        if (++values > MAX_VALUES) {
            throw broken("its pickle makes more than " + MAX_VALUES + " values");
        }
    }

    private Object pop() throws TorchZipException {
        return popFrom(stack.size() - 1).get(0);
    }

    private Object top() throws TorchZipException {
        if (stack.isEmpty() || bottom() == stack.size()) {
            throw shortStack();
        }
        return stack.get(stack.size() - 1);
    }

    /** Values above the last mark belong to what is begun there. */
    private int bottom() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }

    private List<Object> popFrom(int start) throws TorchZipException {
        if (start < bottom()) {
            throw shortStack();
        }
        List<Object> above = stack.subList(start, stack.size());
        List<Object> popped = List.copyOf(above);
        above.clear();
        return popped;
    }

    private List<Object> popToMark() throws TorchZipException {
        if (marks.isEmpty()) {
            throw shortStack();
        }
        List<Object> popped = popFrom(bottom());
        marks.remove(marks.size() - 1);
        return popped;
    }

    private void memoize(int index) throws TorchZipException {
        memo.put(index, top());
        if (memo.size() > MAX_VALUES) {
            throw broken("its pickle keeps more than " + MAX_VALUES + " values for later");
        }
    }

    private Object memoized(int index) throws TorchZipException {
        Object value = memo.get(index);
        if (value == null) {
            throw broken(
                    "its pickle takes up value " + Integer.toUnsignedString(index) + " again, which it has not made");
        }
        return value;
    }

    private void append(List<Object> items) throws TorchZipException {
        if (top() instanceof Items list) {
            list.items.addAll(items);
        } else if (!(top() instanceof Skipped)) {
            throw broken("its pickle adds to something that is no list at byte " + in.position());
        }
    }

    private void setItems(List<Object> items) throws TorchZipException {
        if (items.size() % 2 != 0) {
            throw shortStack();
        }
        if (top() instanceof Dictionary dictionary) {
            for (int i = 0; i < items.size(); i += 2) {
                dictionary.entries.put(items.get(i), items.get(i + 1));
            }
        } else if (!(top() instanceof Skipped)) {
            throw broken("its pickle sets entries of something that is no dictionary at byte " + in.position());
        }
    }

    private Tuple tuple(Object value) throws TorchZipException {
        if (value instanceof Tuple tuple) {
            return tuple;
        }
        throw broken("its pickle calls something without a tuple of arguments at byte " + in.position());
    }

    private static int byteOf(ByteBuffer in) {
        return in.get() & 0xFF;
    }

    private Object number(int length) throws TorchZipException {
        if (length < 0 || length > LONGEST_NUMBER) {
            throw broken("its pickle has a number of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] digits = bytes(length);
        byte[] reversed = new byte[length + 1];
        reversed[0] = (byte) (length > 0 && digits[length - 1] < 0 ? -1 : 0);
        for (int i = 0; i < length; i++) {
            reversed[length - i] = digits[i];
        }
        var value = new BigInteger(reversed);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private String text(long length, Charset charset) throws TorchZipException {
        return new String(bytes(length), charset);
    }

    private byte[] bytes(long length) throws TorchZipException {
        if (length < 0 || length > in.remaining()) {
            throw broken("its pickle has a text of " + Long.toUnsignedString(length) + " bytes at byte " + in.position()
                    + ", where " + in.remaining() + " are left");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private String line() throws TorchZipException {
        int start = in.position();
        while (byteOf(in) != '\n') {
            // on to the end of the line
        }
        int end = in.position() - 1;
        in.position(start);
        String line = text(end - start, StandardCharsets.UTF_8);
        in.position(end + 1);
        return line;
    }

    private TorchZipException shortStack() {
        return broken("its pickle takes more values than it has made at byte " + in.position());
    }

    private TorchZipException broken(String what) {
        return new TorchZipException(file, what);
    }
}
