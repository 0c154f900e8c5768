package org.spdbook.kernel.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Shell scripts that answer as a java program does. */
final class FakeJava {

    private FakeJava() {}

    /** The program that runs the tests. */
    static Path running() {
        return Path.of(
                System.getProperty("java.home"), "bin", Surroundings.here().program("java"));
    }

    /** A program of a version with modules. */
    static Path write(Path file, String version, String... modules) throws IOException {
        return script(
                file,
                "case $1 in --list-modules) printf '%s\\n' " + String.join(" ", modules) + ";;\n"
                        + "*) echo '    java.runtime.version = " + version
                        + "+1'; echo '    java.specification.version = "
                        + version + "';; esac\n");
    }

    static Path script(Path file, String lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + lines);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
