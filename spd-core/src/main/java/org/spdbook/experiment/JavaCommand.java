package org.spdbook.experiment;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a process of our own is started, by a {@link ProcessBuilder} and so with the environment of this one: threads, memory, natives. */
public final class JavaCommand {

    private static final List<String> PASSED_ON =
            List.of("-Dai.djl.", "-Dspd.", "-Dorg.slf4j.", "-Djna.", "-Djava.library.path=", "-Djava.io.tmpdir=");

    private JavaCommand() {}

    /**
     * The command: this Java, the settings of natives and places that this process was started with, and all that runs here.
     *
     * @param options further ones of the JVM; the class and its arguments are added by the caller
     * @param main whose {@code main} is run
     */
    public static List<String> of(List<String> options, String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true"));
        command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Djava.awt.headless=true"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> PASSED_ON.stream().anyMatch(option::startsWith))
                .forEach(command::add);
        // in a notebook the class path of the process is the kernel alone
        String classPath = System.getProperty("spd.lib", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }
}
