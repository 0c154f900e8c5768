package org.spdbook.kernel.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spdbook.kernel.Main;

/**
 * What a JVM keeps of one run so that the next starts faster: an AOT cache from JDK 25 on, an AppCDS archive before. A JVM
 * goes on without one that does not fit it, and says nothing where {@link #using} is obeyed; but JDK 17 dies of one that is
 * only half there, so that it is moved into place when it is whole.
 */
final class Archive {

    private static final int FIRST_WITH_AOT = 25;
    private static final int PATIENCE_SECONDS = 60;
    private static final String CDS = "-XX:SharedArchiveFile=";
    private static final String AOT = "-XX:AOTCache=";
    private static final String QUIET = "-Xlog:disable";

    private Archive() {}

    private static boolean aot(Jdk jdk) {
        return jdk.feature() >= FIRST_WITH_AOT;
    }

    /** End of the names of such files. */
    static String suffix(Jdk jdk) {
        return aot(jdk) ? ".aot" : ".jsa";
    }

    /** Whether a file is one by its name. */
    static boolean named(String file) {
        return file.endsWith(".aot") || file.endsWith(".jsa") || file.endsWith(".aot.config");
    }

    /** Options with which a run writes one at its end. */
    static List<String> recording(Jdk jdk, Path file) {
        return List.of((aot(jdk) ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file, QUIET);
    }

    /** Options with which a run uses one. */
    static List<String> using(Jdk jdk, Path file) {
        return aot(jdk) ? List.of(AOT + file, QUIET) : List.of(CDS + file, "-Xshare:auto", QUIET);
    }

    /** The file that options of a JVM name. */
    static Optional<Path> in(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith(CDS) || option.startsWith(AOT))
                .map(option -> Path.of(option.substring(option.indexOf('=') + 1)))
                .findFirst();
    }

    /**
     * Whether a JVM with these options takes the kernel's classes from one.
     *
     * @param java the program
     * @param options of the JVM, with those of {@link #using}
     * @param jar of the kernel
     * @throws IOException if the JVM cannot be run
     */
    static boolean works(Path java, List<String> options, Path jar) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.addAll(List.of("-Xlog:class+load:stdout", "-cp", jar.toString(), Main.class.getName()));
        return Programs.run(PATIENCE_SECONDS, command)
                .output()
                .lines()
                .anyMatch(line -> line.contains(Main.class.getName() + " ") && line.contains("shared objects file"));
    }
}
