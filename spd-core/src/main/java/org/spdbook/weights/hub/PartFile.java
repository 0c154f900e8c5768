package org.spdbook.weights.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.spdbook.weights.AtomicFile;
import org.spdbook.weights.Checksum;

/** The beginning of a file that is being loaded, and the SHA-256 of what there is of it. Errors of the disk are no errors of the network. */
final class PartFile implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private MessageDigest digest = Checksum.sha256();

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens what there is from before, or an empty one. */
    static PartFile open(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        var part = new PartFile(path, channel);
        try {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (channel.read(buffer) >= 0) {
                part.digest.update(buffer.flip());
                buffer.clear();
            }
            return part;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    long length() throws IOException {
        return channel.position();
    }

    void write(ByteBuffer bytes) throws HubException {
        digest.update(bytes.duplicate());
        try {
            AtomicFile.writeFully(channel, bytes);
        } catch (IOException e) {
            throw new HubException(
                    HubException.Kind.DISK,
                    path + " cannot be written (" + e.getMessage()
                            + "); make room or give another folder in HF_HUB_CACHE,"
                            + " and give the same command again");
        }
    }

    /** Begins at the first byte again. */
    void restart() throws IOException {
        channel.truncate(0);
        channel.position(0);
        digest = Checksum.sha256();
    }

    /** Of all bytes written; to be asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Makes it the whole file, in one move. */
    void becomes(Path whole) throws IOException {
        channel.force(true);
        channel.close();
        AtomicFile.move(path, whole);
    }

    /** Removes it. */
    void remove() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
