package org.spdbook.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Archives laid out as torch.save does, or wrongly where a test wants it so. Checksums are 0. */
public final class MadeArchive {

    private static final int LONGEST_ENTRY = 64;

    private record Entry(String name, long header, long size) {}

    private final FileChannel channel;
    private final boolean wide;
    private final List<Entry> entries = new ArrayList<>();
    private int method;

    /**
     * Begins a file.
     *
     * @param wide whether all sizes and offsets are in Zip64 records
     */
    MadeArchive(Path file, boolean wide) throws IOException {
        this.channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.SPARSE);
        this.wide = wide;
    }

    /** The plain archive of a pickle and the storages 0, 1, ... */
    static Path write(Path file, byte[] pickle, byte[]... storages) throws IOException {
        var archive = new MadeArchive(file, false).entry("archive/data.pkl", pickle);
        for (int i = 0; i < storages.length; i++) {
            archive.entry("archive/data/" + i, storages[i]);
        }
        archive.finish();
        return file;
    }

    /**
     * Tensors as torch.save writes them.
     *
     * @param key of the dictionary that they lie in, within another; none if empty
     */
    public static void save(Path file, Map<String, TensorData> tensors, String key) throws IOException {
        PickleBytes pickle = PickleBytes.protocol2().ops("}");
        if (!key.isEmpty()) {
            pickle.text(key).ops("}");
        }
        int storage = 0;
        for (Map.Entry<String, TensorData> tensor : tensors.entrySet()) {
            long[] shape = tensor.getValue().shape();
            long[] strides = new long[shape.length];
            long elements = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                strides[axis] = elements;
                elements *= shape[axis];
            }
            pickle.text(tensor.getKey())
                    .global("torch._utils", "_rebuild_tensor_v2")
                    .ops("(")
                    .storage(tensor.getValue().dtype(), Integer.toString(storage++), elements)
                    .number(0)
                    .numbers(shape)
                    .numbers(strides)
                    .rest()
                    .ops("s");
        }
        byte[] bytes = pickle.ops(key.isEmpty() ? "" : "s").stop();
        byte[][] storages = tensors.values().stream().map(MadeArchive::bytes).toArray(byte[][]::new);
        write(file, bytes, storages);
    }

    private static byte[] bytes(TensorData tensor) {
        byte[] bytes = new byte[tensor.data().remaining()];
        tensor.data().get(bytes);
        return bytes;
    }

    /** An entry after those before. */
    MadeArchive entry(String name, byte[] data) throws IOException {
        return entry(name, ByteBuffer.wrap(data), data.length);
    }

    /**
     * An entry of which the last bytes are written alone, so that the file has a hole.
     *
     * @param size as said in the directory
     */
    MadeArchive entry(String name, ByteBuffer end, long size) throws IOException {
        entries.add(new Entry(name, channel.position(), size));
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = little(text.length);
        header.putInt(0x04034b50).putShort((short) 45).putShort((short) 0).putShort((short) method);
        header.putLong(0)
                .putLong(0)
                .putShort((short) text.length)
                .putShort((short) 0)
                .put(text);
        put(header);
        channel.position(channel.position() + Math.max(0, size - end.remaining()));
        AtomicFile.writeFully(channel, end);
        return this;
    }

    /** An entry that the directory lists and the file does not hold, but for the first of all. */
    MadeArchive listed(String name) throws IOException {
        if (entries.isEmpty()) {
            return entry(name, new byte[0]);
        }
        entries.add(new Entry(name, 0, 0));
        return this;
    }

    /** How the entries from here on are said to be compressed. */
    MadeArchive method(int number) {
        this.method = number;
        return this;
    }

    /** Writes the directory. */
    void finish() throws IOException {
        long start = channel.position();
        int longest =
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        ByteBuffer directory = ByteBuffer.allocate(entries.size() * (2 * LONGEST_ENTRY + longest))
                .order(ByteOrder.LITTLE_ENDIAN);
        entries.forEach(entry -> put(directory, entry));
        put(directory);
        long end = channel.position();
        ByteBuffer records = little(LONGEST_ENTRY);
        if (wide) {
            records.putInt(0x06064b50).putLong(44).putInt(45 << 16 | 45).putLong(0);
            records.putLong(entries.size())
                    .putLong(entries.size())
                    .putLong(end - start)
                    .putLong(start);
            records.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        }
        short count = (short) (wide ? -1 : entries.size());
        records.putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
        records.putInt(wide ? -1 : (int) (end - start))
                .putInt(wide ? -1 : (int) start)
                .putShort((short) 0);
        put(records);
        channel.close();
    }

    private void put(ByteBuffer directory, Entry entry) {
        byte[] text = entry.name().getBytes(StandardCharsets.UTF_8);
        int size = wide ? -1 : (int) entry.size();
        directory.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) 0);
        directory.putShort((short) method).putInt(0).putInt(0).putInt(size).putInt(size);
        directory
                .putShort((short) text.length)
                .putShort((short) (wide ? 28 : 0))
                .putShort((short) 0)
                .putLong(0);
        directory.putInt(wide ? -1 : (int) entry.header()).put(text);
        if (wide) {
            directory.putShort((short) 1).putShort((short) 24);
            directory.putLong(entry.size()).putLong(entry.size()).putLong(entry.header());
        }
    }

    private void put(ByteBuffer bytes) throws IOException {
        AtomicFile.writeFully(channel, bytes.flip());
    }

    private static ByteBuffer little(int more) {
        return ByteBuffer.allocate(2 * LONGEST_ENTRY + more).order(ByteOrder.LITTLE_ENDIAN);
    }
}
