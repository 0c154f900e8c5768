package org.spdbook.weights;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.weights.PickleValue.Dictionary;
import org.spdbook.weights.PickleValue.Items;
import org.spdbook.weights.PickleValue.ScriptModule;
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

    private final Path file;
    private final PickleInput in;
    private final TorchGlobals globals;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int values;

    private Pickle(Path file, ByteBuffer in) {
        this.file = file;
        this.in = new PickleInput(file, in);
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
            if (in.unsignedByte() != 0x80 || !protocol(in.unsignedByte())) {
                throw broken("its pickle is not of one of the protocols 2 to 5");
            }
            int code = in.unsignedByte();
            while (code != '.') {
                step(code);
                code = in.unsignedByte();
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
                if (!protocol(in.unsignedByte())) {
                    throw broken("its pickle changes to a protocol that is not one of 2 to 5");
                }
            }
            case 0x95 -> in.signedLong(); // FRAME, whose length only matters to streams
            case '(' -> {
                count();
                marks.add(stack.size());
            }
            case '0' -> pop();
            case 'N' -> push(PickleValue.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.signedInt());
            case 'K' -> push((long) in.unsignedByte());
            case 'M' -> push((long) in.unsignedShort());
            case 0x8a -> push(in.number(in.unsignedByte()));
            case 0x8b -> push(in.number(in.signedInt()));
            case 'G' -> push(in.bigEndianDouble());
            case 'X' -> push(in.text(in.unsignedInt(), StandardCharsets.UTF_8));
            case 0x8c -> push(in.text(in.unsignedByte(), StandardCharsets.UTF_8));
            case 0x8d -> push(in.text(in.signedLong(), StandardCharsets.UTF_8));
            case 'T' -> push(in.text(in.unsignedInt(), StandardCharsets.ISO_8859_1));
            case 'U' -> push(in.text(in.unsignedByte(), StandardCharsets.ISO_8859_1));
            case 'B' -> push(in.bytes(in.unsignedInt()));
            case 'C' -> push(in.bytes(in.unsignedByte()));
            case 0x8e, 0x96 -> push(in.bytes(in.signedLong()));
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
            case 'q' -> memoize(in.unsignedByte());
            case 'r' -> memoize(in.signedInt());
            case 0x94 -> memoize(memo.size());
            case 'h' -> push(memoized(in.unsignedByte()));
            case 'j' -> push(memoized(in.signedInt()));
            default -> object(code);
        }
    }

    private void object(int code) throws TorchZipException {
        switch (code) {
            case 'c' -> push(globals.named(in.line() + "." + in.line()));
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
            case 'b' -> setState(pop());
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
        marks.subList(marks.size() - 1, marks.size()).clear();
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

    /** Attributes of a module of TorchScript; those of dictionaries are of no use, and skipped is skipped. */
    private void setState(Object state) throws TorchZipException {
        if (top() instanceof ScriptModule module && state instanceof Dictionary attributes) {
            module.attributes.putAll(attributes.entries);
        } else if (!(top() instanceof Skipped) && !(top() instanceof Dictionary)) {
            throw broken("its pickle sets the state of something that has none at byte " + in.position());
        }
    }

    private Tuple tuple(Object value) throws TorchZipException {
        if (value instanceof Tuple tuple) {
            return tuple;
        }
        throw broken("its pickle calls something without a tuple of arguments at byte " + in.position());
    }

    private TorchZipException shortStack() {
        return broken("its pickle takes more values than it has made at byte " + in.position());
    }

    private TorchZipException broken(String what) {
        return new TorchZipException(file, what);
    }
}
