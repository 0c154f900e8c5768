package org.spdbook.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tells the archives that {@link TorchZip} reads from other files that bear the same suffixes, and says how to come by one. */
final class TorchFormat {

    private static final int TAR_NAME = 257;
    private static final int START = TAR_NAME + 5;
    private static final String ZIP = "PK\3\4";
    private static final String LEGACY = "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";
    private static final String SAVE_AGAIN = "save it again in Python: import torch; torch.save(torch.load(\"%s\","
            + " map_location=\"cpu\", weights_only=True), \"weights.pt\")";

    private TorchFormat() {}

    /**
     * Looks at the first bytes.
     *
     * @throws TorchZipException if they are not those of a zip archive
     */
    static void check(Path file, FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(START, channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // on to the end
        }
        String start = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        if (start.startsWith(ZIP)) {
            return;
        }
        if (start.isEmpty()) {
            throw new TorchZipException(file, "it is empty");
        }
        if (start.startsWith(LEGACY) || start.startsWith("ustar", TAR_NAME)) {
            throw new TorchZipException(
                    file, "it is in the format of torch before 1.6, which is no zip archive", again(SAVE_AGAIN, file));
        }
        if (start.charAt(0) == '\u0080') {
            throw new TorchZipException(
                    file, "it is a bare pickle, not an archive of torch.save", "save its tensors by torch.save");
        }
        if (start.startsWith("version https://git-lfs")) {
            throw new TorchZipException(
                    file, "it is a pointer of Git LFS, not the file itself", "fetch the file: git lfs pull");
        }
        if (start.startsWith("{", Long.BYTES)) {
            throw new TorchZipException(
                    file, "it looks like a safetensors file", "give it the suffix .safetensors and open it as one");
        }
        throw new TorchZipException(
                file,
                start.stripLeading().startsWith("<")
                        ? "it is a page of the web, not an archive of torch.save"
                        : "it is no zip archive, which torch.save writes");
    }

    /**
     * The folder of an archive that holds all its entries, with its slash.
     *
     * @throws TorchZipException if its numbers are big-endian
     */
    static String root(Path file, ZipDirectory zip) throws IOException {
        String first = zip.entries().keySet().stream().findFirst().orElse("");
        String root = first.substring(0, first.indexOf('/') + 1);
        ZipDirectory.Entry order = zip.entries().get(root + "byteorder");
        if (order != null && !zip.holds(order, "little")) {
            throw new TorchZipException(
                    file,
                    "its entry " + order.name()
                            + " does not say little: its numbers were written by a big-endian machine",
                    again(SAVE_AGAIN, file).replace("save it again", "save it again on a little-endian machine"));
        }
        return root;
    }

    private static String again(String advice, Path file) {
        return String.format(advice, file.getFileName());
    }
}
