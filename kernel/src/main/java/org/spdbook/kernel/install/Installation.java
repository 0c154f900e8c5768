package org.spdbook.kernel.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Puts a kernelspec into its folder: the jar, the logos and {@code kernel.json}. Jar and archive have names of their own in each
 * installation, and {@code kernel.json} is replaced last and at once, so that Jupyter always finds a whole one, and a kernel
 * that runs keeps its files.
 */
final class Installation {

    /** Facts in the kernelspec. */
    static final String JAVA = "java";

    static final String ARCHIVE_BYTES = "archive-bytes";

    /** The pictures that Jupyter shows. */
    static final List<String> LOGOS = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

    private static final String JAR = "spd-kernel-";
    private static final int DIGITS = 12;

    private final Order order;
    private final Contents contents;

    Installation(Order order, Contents contents) {
        this.order = order;
        this.contents = contents;
    }

    /**
     * What came of it.
     *
     * @param folder of the kernelspec
     * @param faster whether the start is made faster by an archive
     * @param remark why it is not, though that was asked; empty for none
     */
    record Installed(Path folder, boolean faster, String remark) {}

    /**
     * Installs, in place of an older kernelspec of this name.
     *
     * @throws InstallException if the folder holds another kernel, or the JDK refuses an option
     * @throws IOException if a file cannot be written
     */
    Installed install() throws InstallException, IOException {
        Path folder = order.folder();
        refuseOthers(folder);
        if (!Files.isRegularFile(contents.jar())) {
            throw new InstallException("the kernel is installed from its jar, found none at " + contents.jar()
                    + "; build the jar and run that");
        }
        List<String> asked = new ArrayList<>(contents.options());
        asked.addAll(order.options());
        List<String> options = KernelSpec.options(asked);
        Optional<String> refusal = order.jdk().refusal(options);
        if (refusal.isPresent()) {
            throw new InstallException("the JDK " + order.jdk().version() + " refuses the options "
                    + String.join(" ", order.options()) + ": " + refusal.get());
        }
        Files.createDirectories(folder);
        for (String logo : LOGOS) {
            replace(folder.resolve(logo), logo(logo));
        }
        byte[] code = Files.readAllBytes(contents.jar());
        Path jar = folder.resolve(JAR + checksum(code) + ".jar");
        if (!Files.exists(jar) || !isIntact(jar)) {
            replace(jar, code);
        }
        write(spec(options, jar, Map.of()));
        Installed done = order.archive() ? faster(options, jar) : new Installed(folder, false, "");
        removeOlder(folder);
        return done;
    }

    private static void refuseOthers(Path folder) throws InstallException {
        if (Files.exists(folder.resolve(KernelSpec.FILE))) {
            boolean ours;
            try {
                ours = InstalledSpec.read(folder).ours();
            } catch (InstallException e) {
                ours = true; // a broken one is repaired
            }
            if (!ours) {
                throw new InstallException(folder + " holds another kernel; choose another name with --name");
            }
        }
    }

    private KernelSpec spec(List<String> options, Path jar, Map<String, String> facts) {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put(JAVA, order.jdk().version());
        return new KernelSpec(
                order.displayName(), order.jdk().program().toString(), options, jar.toString(), contents, all);
    }

    private Installed faster(List<String> options, Path jar) throws IOException {
        Path folder = order.folder();
        String name = UUID.randomUUID().toString().substring(0, DIGITS) + Archive.suffix(order.jdk());
        Path made = folder.resolve("new-" + name);
        Path file = folder.resolve("start-" + name);
        try {
            List<String> recording = new ArrayList<>(options);
            recording.addAll(Archive.recording(order.jdk(), made));
            TrainingRun.run(spec(recording, jar, Map.of()).argv(), contents.environment());
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            List<String> using = new ArrayList<>(options);
            using.addAll(Archive.using(order.jdk(), file));
            if (!Archive.works(order.jdk().program(), using, jar)) {
                return new Installed(
                        folder,
                        false,
                        "JDK " + order.jdk().version() + " does not take the archive that it wrote"
                                + (jar.toUri().getRawPath().equals(jar.toUri().getPath())
                                        ? ""
                                        : ", as JDK 17 does in a folder with a space or a sign in its path"));
            }
            write(spec(using, jar, Map.of(ARCHIVE_BYTES, Long.toString(Files.size(file)))));
            return new Installed(folder, true, "");
        } catch (IOException e) {
            return new Installed(folder, false, String.valueOf(e.getMessage()));
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private void write(KernelSpec spec) throws IOException {
        replace(order.folder().resolve(KernelSpec.FILE), spec.json().getBytes(StandardCharsets.UTF_8));
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static byte[] logo(String name) throws IOException {
        try (InputStream picture = Installation.class.getResourceAsStream(name)) {
            if (picture == null) {
                throw new IOException("the kernel's jar lacks the picture " + name);
            }
            return picture.readAllBytes();
        }
    }

    /** Whether a jar that an installation wrote is still the same; true for those whose name does not tell. */
    static boolean isIntact(Path jar) throws IOException {
        String name = String.valueOf(jar.getFileName());
        return !name.matches(Pattern.quote(JAR) + "[0-9a-f]{" + DIGITS + "}\\.jar")
                || name.equals(JAR + checksum(Files.readAllBytes(jar)) + ".jar");
    }

    private static String checksum(byte[] code) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(code);
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What earlier installations left, unless a running kernel holds it, as Windows does. */
    private static void removeOlder(Path folder) throws InstallException, IOException {
        String now = InstalledSpec.read(folder).json().toString();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Installation::isOurs).toList()) {
                String name = String.valueOf(file.getFileName());
                if ((name.endsWith(".jar") || Archive.named(name)) && !now.contains(name)) {
                    delete(file);
                }
            }
        }
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false; // in use; the next installation tries again
        }
    }

    private static boolean isOurs(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(KernelSpec.FILE)
                || LOGOS.contains(name)
                || name.startsWith(JAR)
                || Archive.named(name)
                || name.endsWith(".new");
    }

    /**
     * Takes a kernelspec away; what else lies in its folder stays.
     *
     * @throws InstallException if it starts another kernel
     * @throws IOException if a file cannot be deleted
     */
    static void remove(Path folder) throws InstallException, IOException {
        refuseToRemoveOthers(folder);
        Files.delete(folder.resolve(KernelSpec.FILE)); // first: from now on Jupyter knows it no more
        if (Files.isSymbolicLink(folder)) {
            Files.delete(folder);
            return;
        }
        boolean empty;
        try (var files = Files.list(folder)) {
            empty = files.toList().stream().allMatch(file -> isOurs(file) && delete(file));
        }
        if (empty) {
            Files.delete(folder);
        }
    }

    private static void refuseToRemoveOthers(Path folder) throws InstallException {
        if (!InstalledSpec.read(folder).ours()) {
            throw new InstallException(folder + " holds another kernel, which is not touched");
        }
    }
}
