package org.spdbook.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive, the zip that {@code torch.jit.load} reads, for a module without tensors: only methods.
 *
 * <p>Four entries are enough: the pickled instance, its (empty) constants, the source of its class, and the archive
 * version, which selects the operator schemas.
 */
final class TorchScriptArchive {

    private static final String CLASS_NAME = "Ops";
    /** Version 10 has {@code gelu(approximate=)}; older ones refuse the keyword. */
    private static final String FORMAT_VERSION = "10\n";

    private static final int PICKLE_PROTOCOL = 0x80;
    private static final int PICKLE_NEW_OBJECT = 0x81;
    private static final int PICKLE_TRUE = 0x88;

    private TorchScriptArchive() {}

    /**
     * The archive of one class.
     *
     * @param methods TorchScript source of the methods, indented by two spaces; {@code self} has the type {@code
     *     __torch__.Ops}
     */
    static byte[] of(String methods) {
        String source = "class " + CLASS_NAME
                + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n" + methods;
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            store(zip, "ops/data.pkl", pickledInstance());
            store(zip, "ops/constants.pkl", new byte[] {(byte) PICKLE_PROTOCOL, 2, ')', '.'});
            store(zip, "ops/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "ops/version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing a zip to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** Pickle of {@code __torch__.Ops} with the state {training: True}. */
    private static byte[] pickledInstance() {
        var pickle = new ByteArrayOutputStream();
        pickle.write(PICKLE_PROTOCOL);
        pickle.write(2);
        pickle.writeBytes(("c__torch__\n" + CLASS_NAME + "\n").getBytes(StandardCharsets.US_ASCII));
        pickle.write(')');
        pickle.write(PICKLE_NEW_OBJECT);
        pickle.writeBytes(new byte[] {'}', '(', 'X', 8, 0, 0, 0});
        pickle.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
        pickle.write(PICKLE_TRUE);
        pickle.writeBytes(new byte[] {'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setTime(0);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
