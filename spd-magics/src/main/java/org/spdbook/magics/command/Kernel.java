package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.kernel.install.KernelSpec;
import picocli.CommandLine;

/** {@code kernel install|uninstall}: makes Jupyter know this kernel, or forget it. */
@CommandLine.Command(name = "kernel", description = "Install the Java kernel into a Jupyter, or take it away.")
public final class Kernel {

    /** Settings that the kernel passes on from the launcher: threads, memory, natives. */
    private static final List<String> PASSED_ON = List.of(
            "OMP_NUM_THREADS",
            "MKL_NUM_THREADS",
            "DJL_OFFLINE",
            "DJL_CACHE_DIR",
            "PYTORCH_LIBRARY_PATH",
            "MALLOC_MMAP_THRESHOLD_",
            "MALLOC_TRIM_THRESHOLD_");

    /** What magics and cells hand to each other, so that it must be one class. */
    private static final List<String> SHARED = List.of("ai.djl", "tech.tablesaw");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @CommandLine.Command(name = "install", description = "Write the kernelspec of this build.")
    int install(
            @CommandLine.Option(
                            names = "--prefix",
                            required = true,
                            description = "folder of the Python environment that has Jupyter (its sys.prefix)")
                    Path prefix)
            throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : PASSED_ON) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        String libraries = System.getProperty("spd.lib", System.getProperty("java.class.path"));
        var kernel = new KernelSpec(
                KernelSpec.runningJava(),
                KernelSpec.runningJar(),
                libraries,
                SHARED,
                List.of(
                        "-Dspd.lib=" + libraries,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dai.djl.offline=true",
                        "-Djava.awt.headless=true",
                        "-Dfile.encoding=UTF-8"),
                environment);
        spec.commandLine()
                .getErr()
                .println("installed the kernel " + KernelSpec.DISPLAY_NAME + " in "
                        + kernel.install(prefix.toAbsolutePath()));
        return 0;
    }

    @CommandLine.Command(name = "uninstall", description = "Remove the kernelspec.")
    int uninstall(
            @CommandLine.Option(
                            names = "--prefix",
                            required = true,
                            description = "folder of the Python environment that has Jupyter (its sys.prefix)")
                    Path prefix)
            throws IOException {
        boolean was = KernelSpec.uninstall(prefix.toAbsolutePath());
        spec.commandLine().getErr().println(was ? "removed the kernel" : "no kernel was installed in " + prefix);
        return was ? 0 : 1;
    }
}
