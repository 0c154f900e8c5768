package org.spdbook.kernel.install;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the kernel as a Python package: a wheel (packaging.python.org, "Binary distribution format") with nothing in it but the
 * kernelspec, which {@code pip} puts where Jupyter of that environment looks. It starts the {@code java} of {@code PATH}, without an
 * archive, as a wheel cannot know the machine it will be on.
 */
public final class Wheel {

    private static final String DISTRIBUTION = "spd_java_kernel";
    private static final String JAR = "spd-kernel.jar";
    private static final String TAG = "py3-none-any";
    private static final long NO_TIME = 315_532_800_000L; // 1980, the first that a zip can hold

    private Wheel() {}

    /**
     * Writes one: the build calls it.
     *
     * @param arguments the kernel's jar, the version, the folder with LICENSE and NOTICE, the folder to write to
     */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]), Path.of(arguments[3]));
    }

    /**
     * Writes one, in place of an older of the same name; the same input gives the same bytes.
     *
     * @return the file
     */
    static Path write(Path jar, String version, Path licences, Path to) throws IOException {
        String stem = DISTRIBUTION + "-" + version;
        String info = stem + ".dist-info/";
        Map<String, byte[]> files = new LinkedHashMap<>();
        kernelspec(jar)
                .forEach((name, content) ->
                        files.put(stem + ".data/data/share/jupyter/kernels/" + KernelSpec.NAME + "/" + name, content));
        for (String licence : new String[] {"LICENSE", "NOTICE"}) {
            files.put(info + "licenses/" + licence, Files.readAllBytes(licences.resolve(licence)));
        }
        files.put(info + "METADATA", bytes(metadata(version)));
        files.put(
                info + "WHEEL",
                bytes("Wheel-Version: 1.0\nGenerator: spd-kernel\nRoot-Is-Purelib: true\nTag: " + TAG + "\n"));
        files.put(info + "RECORD", bytes(record(files, info + "RECORD")));
        Path wheel = to.resolve(stem + "-" + TAG + ".whl");
        Path written = wheel.resolveSibling(wheel.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(written);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return Files.move(written, wheel, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, byte[]> kernelspec(Path jar) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        KernelSpec spec = new KernelSpec(
                KernelSpec.DISPLAY_NAME,
                "java",
                KernelSpec.options(List.of()),
                "{resource_dir}/" + JAR,
                Contents.alone(jar),
                Map.of());
        files.put(KernelSpec.FILE, bytes(spec.json()));
        files.put(JAR, Files.readAllBytes(jar));
        for (String logo : Installation.LOGOS) {
            files.put(logo, Installation.logo(logo));
        }
        return files;
    }

    private static String metadata(String version) {
        return """
                Metadata-Version: 2.4
                Name: spd-java-kernel
                Version: %s
                Summary: A Jupyter kernel for Java
                License-Expression: Apache-2.0
                License-File: LICENSE
                License-File: NOTICE
                Requires-Dist: jupyter-client
                Description-Content-Type: text/plain

                A Jupyter kernel for Java. It needs a JDK 17 or newer, whose java is on PATH.
                For a start that takes half the time, let the jar install itself once more, with an archive for your JDK:
                java -jar share/jupyter/kernels/spd-java/spd-kernel.jar install --sys-prefix --name java-fast
                """.formatted(version);
    }

    private static String record(Map<String, byte[]> files, String self) {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, content) -> lines.append(name)
                .append(",sha256=")
                .append(checksum(content))
                .append(',')
                .append(content.length)
                .append('\n'));
        return lines.append(self).append(",,\n").toString();
    }

    private static String checksum(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
