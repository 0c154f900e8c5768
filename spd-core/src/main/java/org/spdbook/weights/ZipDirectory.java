package org.spdbook.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The directory of a zip archive, Zip64 too, for entries that are mapped where they lie: java.util.zip tells no entry's place.
 * Nothing is inflated. Checksums are not compared, as torch may leave them out ({@code set_crc32_options}).
 */
final class ZipDirectory {

    /** Bytes; a directory of more than half a million tensors. */
    static final int MAX_LENGTH = 1 << 25;

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_LENGTH = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_LENGTH = 56;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int EXTRA64 = 1;
    private static final long MAX32 = 0xFFFFFFFFL;
    private static final int MAX16 = 0xFFFF;

    /**
     * An entry.
     *
     * @param stored whether its bytes lie in the file as they are, neither compressed nor encrypted
     * @param size in bytes
     * @param header offset of its local header in the file
     */
    record Entry(String name, boolean stored, long size, long header) {}

    private record Place(long count, long length, long offset) {}

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final Place place;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    ZipDirectory(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
        this.place = place();
        readEntries();
    }

    /** Entries by name, in the order of the directory. */
    Map<String, Entry> entries() {
        return entries;
    }

    /**
     * Where the bytes of an entry begin in the file.
     *
     * @throws TorchZipException if it is compressed, or not there whole
     */
    long dataStart(Entry entry) throws IOException {
        if (!entry.stored()) {
            throw new TorchZipException(
                    file,
                    "its entry " + entry.name() + " is compressed or encrypted, which torch.save does not do",
                    "take the file as torch.save wrote it, not packed again");
        }
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        long start = entry.header() + LOCAL_LENGTH;
        if (entry.header() < 0 || start > size - name.length) {
            throw misplaced(entry);
        }
        ByteBuffer header = read(entry.header(), LOCAL_LENGTH + name.length);
        int nameLength = Short.toUnsignedInt(header.getShort(26));
        byte[] found = new byte[name.length];
        header.get(LOCAL_LENGTH, found);
        if (header.getInt(0) != LOCAL || nameLength != name.length || !Arrays.equals(found, name)) {
            throw misplaced(entry);
        }
        long data = start + nameLength + Short.toUnsignedInt(header.getShort(28));
        if (entry.size() < 0 || data > place.offset() || entry.size() > place.offset() - data) {
            throw broken("its entry " + entry.name() + " is said to have " + Long.toUnsignedString(entry.size())
                    + " bytes from offset " + data + ", the directory begins at " + place.offset());
        }
        return data;
    }

    /** Whether the bytes of an entry are this text. */
    boolean holds(Entry entry, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return entry.size() == bytes.length
                && read(dataStart(entry), bytes.length).equals(ByteBuffer.wrap(bytes));
    }

    private Place place() throws IOException {
        int tail = (int) Math.min(size, END_LENGTH + MAX_COMMENT);
        ByteBuffer bytes = read(size - tail, tail);
        for (int at = tail - END_LENGTH; at >= 0; at--) {
            if (bytes.getInt(at) == END && Short.toUnsignedInt(bytes.getShort(at + 20)) == tail - at - END_LENGTH) {
                return checked(place(bytes.position(at), size - tail + at));
            }
        }
        throw broken("it begins as a zip archive, but has no zip directory at its end: it was cut off");
    }

    /** @param end the record at the end, which lies at {@code offset} */
    private Place place(ByteBuffer end, long offset) throws IOException {
        int at = end.position();
        var plain = new Place(
                Short.toUnsignedInt(end.getShort(at + 10)),
                Integer.toUnsignedLong(end.getInt(at + 12)),
                Integer.toUnsignedLong(end.getInt(at + 16)));
        if (plain.count() != MAX16 && plain.length() != MAX32 && plain.offset() != MAX32) {
            return plain;
        }
        long locator = offset - LOCATOR64_LENGTH;
        if (locator < 0 || read(locator, LOCATOR64_LENGTH).getInt(0) != LOCATOR64) {
            return plain;
        }
        long end64 = read(locator, LOCATOR64_LENGTH).getLong(8);
        if (end64 < 0
                || end64 > locator - END64_LENGTH
                || read(end64, END64_LENGTH).getInt(0) != END64) {
            throw broken(
                    "its Zip64 directory is not at offset " + Long.toUnsignedString(end64) + ", where it should be");
        }
        ByteBuffer record = read(end64, END64_LENGTH);
        return new Place(record.getLong(32), record.getLong(40), record.getLong(48));
    }

    private Place checked(Place found) throws TorchZipException {
        if (found.length() < 0 || found.length() > Math.min(size, MAX_LENGTH)) {
            throw broken("its zip directory is said to have " + Long.toUnsignedString(found.length())
                    + " bytes in a file of " + size + " (at most " + MAX_LENGTH + ")");
        }
        if (found.offset() < 0 || found.offset() > size - found.length()) {
            throw broken("its zip directory is said to lie at offset " + Long.toUnsignedString(found.offset())
                    + " in a file of " + size + " bytes");
        }
        return found;
    }

    private void readEntries() throws IOException {
        ByteBuffer directory = read(place.offset(), (int) place.length());
        while (directory.hasRemaining()) {
            Entry entry = entry(directory);
            if (entries.put(entry.name(), entry) != null) {
                throw broken("its entry " + entry.name() + " comes twice");
            }
        }
        if (entries.size() != place.count()) {
            throw broken("its zip directory is said to have " + Long.toUnsignedString(place.count())
                    + " entries, it has " + entries.size());
        }
    }

    private Entry entry(ByteBuffer directory) throws TorchZipException {
        if (directory.remaining() < CENTRAL_LENGTH || directory.getInt() != CENTRAL) {
            throw broken("its zip directory is damaged near entry " + (entries.size() + 1));
        }
        directory.position(directory.position() + 4);
        boolean encrypted = (directory.getShort() & 1) != 0;
        int method = directory.getShort();
        directory.position(directory.position() + 8);
        long compressed = Integer.toUnsignedLong(directory.getInt());
        long bytes = Integer.toUnsignedLong(directory.getInt());
        byte[] name = new byte[Short.toUnsignedInt(directory.getShort())];
        int extra = Short.toUnsignedInt(directory.getShort());
        int comment = Short.toUnsignedInt(directory.getShort());
        directory.position(directory.position() + 8);
        long header = Integer.toUnsignedLong(directory.getInt());
        if (name.length + extra + comment > directory.remaining()) {
            throw broken("the directory of its zip archive ends within entry " + (entries.size() + 1));
        }
        directory.get(name);
        ByteBuffer wide = wide(directory.slice(directory.position(), extra));
        directory.position(directory.position() + extra + comment);
        bytes = bytes == MAX32 && wide.remaining() >= Long.BYTES ? wide.getLong() : bytes;
        compressed = compressed == MAX32 && wide.remaining() >= Long.BYTES ? wide.getLong() : compressed;
        header = header == MAX32 && wide.remaining() >= Long.BYTES ? wide.getLong() : header;
        boolean stored = method == 0 && !encrypted && compressed == bytes;
        return new Entry(new String(name, StandardCharsets.UTF_8), stored, bytes, header);
    }

    /** The Zip64 field of the extra ones; empty where there is none. */
    private static ByteBuffer wide(ByteBuffer extra) {
        extra.order(ByteOrder.LITTLE_ENDIAN);
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
            if (id == EXTRA64) {
                return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            extra.position(extra.position() + length);
        }
        return ByteBuffer.allocate(0);
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw broken("it ends at offset " + (position + bytes.position()) + ", where more was expected");
            }
        }
        return bytes.flip();
    }

    private TorchZipException misplaced(Entry entry) {
        return broken("its entry " + entry.name() + " is not at offset " + Long.toUnsignedString(entry.header())
                + ", where its directory says");
    }

    private TorchZipException broken(String what) {
        return new TorchZipException(file, what);
    }
}
