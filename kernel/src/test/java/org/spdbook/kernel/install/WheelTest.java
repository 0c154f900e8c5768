package org.spdbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        for (String name : new String[] {"kernel.jar", "LICENSE", "NOTICE"}) {
            Files.writeString(folder.resolve(name), name);
        }
    }

    @Test
    void should_record_each_file_with_its_checksum_when_written() throws Exception {
        Path wheel = Wheel.write(folder.resolve("kernel.jar"), "1.2", folder, folder);

        assertThat(wheel).hasFileName("spd_java_kernel-1.2-py3-none-any.whl");
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            String record = text(zip, "spd_java_kernel-1.2.dist-info/RECORD");
            assertThat(record.lines()).hasSize(zip.size());
            for (ZipEntry entry : Collections.list(zip.entries())) {
                byte[] content = zip.getInputStream(entry).readAllBytes();
                String sum = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
                assertThat(record)
                        .contains(
                                entry.getName().endsWith("/RECORD")
                                        ? entry.getName() + ",,"
                                        : entry.getName() + ",sha256=" + sum + "," + content.length + "\n");
            }
            assertThat(text(zip, "spd_java_kernel-1.2.data/data/share/jupyter/kernels/spd-java/kernel.json"))
                    .contains("\"java\",", "{resource_dir}/spd-kernel.jar");
        }
    }

    @Test
    void should_give_the_same_bytes_when_written_twice() throws Exception {
        byte[] first = Files.readAllBytes(Wheel.write(folder.resolve("kernel.jar"), "1.2", folder, folder));
        byte[] second = Files.readAllBytes(Wheel.write(folder.resolve("kernel.jar"), "1.2", folder, folder));

        assertThat(second).isEqualTo(first);
    }

    private static String text(ZipFile zip, String name) throws Exception {
        return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
