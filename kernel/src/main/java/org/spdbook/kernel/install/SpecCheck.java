package org.spdbook.kernel.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at one installed kernelspec.
 *
 * @param folder of the kernelspec
 * @param here the machine
 */
record SpecCheck(Path folder, Surroundings here) {

    private static final String AGAIN = "run again: kernel install";

    private String what() {
        return String.valueOf(folder.getFileName());
    }

    List<Finding> findings() {
        InstalledSpec spec;
        try {
            spec = InstalledSpec.read(folder);
        } catch (InstallException e) {
            return List.of(Finding.fail(what(), String.valueOf(e.getMessage()), AGAIN));
        }
        if (!spec.ours()) {
            return List.of(Finding.warn(
                    what(), folder + " starts another kernel", "install this one under another name with --name"));
        }
        List<Finding> all = new ArrayList<>(List.of(Finding.ok(what(), folder.toString())));
        if (!spec.json().has("interrupt_mode")
                || !spec.json().get("interrupt_mode").getAsString().equals("message")) {
            all.add(Finding.warn(
                    what(),
                    "its kernel.json lacks interrupt_mode message, so that a cell cannot be interrupted",
                    AGAIN));
        }
        Optional<Path> jar = spec.jar().filter(Files::isRegularFile);
        if (jar.isEmpty()) {
            all.add(Finding.fail(
                    what(),
                    "the kernel's jar is gone: "
                            + spec.jar().map(Path::toString).orElse("none is named"),
                    AGAIN));
        }
        jar.ifPresent(file -> whole(file, all));
        Optional<Jdk> jdk = java(spec, all);
        if (jdk.isPresent()) {
            options(spec, jdk.get(), jar, all);
        }
        return all;
    }

    /** A JDK with an AOT cache does not see by itself that the jar was changed, and runs the classes of the old one. */
    private void whole(Path jar, List<Finding> all) {
        try {
            if (!Installation.isIntact(jar)) {
                all.add(Finding.fail(what(), "the kernel's jar was changed since it was installed: " + jar, AGAIN));
            }
        } catch (IOException e) {
            all.add(Finding.fail(what(), "the kernel's jar cannot be read: " + e, AGAIN));
        }
    }

    private Optional<Jdk> java(InstalledSpec spec, List<Finding> all) {
        String named = spec.argv().get(0);
        try {
            Optional<Path> program =
                    Path.of(named).getNameCount() == 1 && !Path.of(named).isAbsolute()
                            ? here.find("java")
                            : Optional.of(Path.of(named));
            if (program.isEmpty()) {
                all.add(Finding.fail(
                        what(), "it starts java by PATH, which has none", "install a JDK 17 or newer, or " + AGAIN));
                return Optional.empty();
            }
            if (!Files.isRegularFile(program.get())) {
                all.add(Finding.fail(what(), "its java is gone, perhaps by an update: " + program.get(), AGAIN));
                return Optional.empty();
            }
            Jdk jdk = Jdk.probe(program.get());
            all.add(Finding.ok(what(), "java " + jdk.version() + " in " + jdk.program()));
            return Optional.of(jdk);
        } catch (InvalidPathException e) {
            all.add(Finding.fail(what(), "its java is no path of this machine: " + named, AGAIN));
        } catch (InstallException e) {
            all.add(Finding.fail(what(), String.valueOf(e.getMessage()), AGAIN + " with --java"));
        }
        return Optional.empty();
    }

    private void options(InstalledSpec spec, Jdk jdk, Optional<Path> jar, List<Finding> all) {
        try {
            Optional<Path> archive = Archive.in(spec.options());
            if (archive.isPresent() && isBroken(archive.get(), spec)) {
                all.add(Finding.fail(
                        what(), "its archive is gone or not whole, which ends some JDKs: " + archive.get(), AGAIN));
                return;
            }
            Optional<String> refusal = jdk.refusal(spec.options());
            if (refusal.isPresent()) {
                all.add(Finding.fail(
                        what(), "the JDK " + jdk.version() + " refuses its options: " + refusal.get(), AGAIN));
            } else if (archive.isEmpty()) {
                all.add(Finding.warn(
                        what(),
                        "no archive makes its start faster",
                        "install it without --no-cds, by an absolute java"));
            } else if (jar.isPresent() && Archive.works(jdk.program(), spec.options(), jar.get())) {
                all.add(Finding.ok(what(), "the archive makes its start faster"));
            } else if (jar.isPresent()) {
                String then = spec.fact(Installation.JAVA).orElse("unknown");
                all.add(Finding.warn(
                        what(),
                        "the archive is not used; the JDK was " + then + " and is " + jdk.version()
                                + ", or the jar changed",
                        AGAIN));
            }
        } catch (IOException e) {
            all.add(Finding.fail(what(), "its java does not run: " + e.getMessage(), AGAIN));
        }
    }

    private static boolean isBroken(Path archive, InstalledSpec spec) throws IOException {
        return !Files.isRegularFile(archive)
                || spec.fact(Installation.ARCHIVE_BYTES)
                        .filter(bytes -> !bytes.equals(size(archive)))
                        .isPresent();
    }

    private static String size(Path file) {
        try {
            return Long.toString(Files.size(file));
        } catch (IOException e) {
            return "unknown";
        }
    }
}
