package org.spdbook.magics.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.install.Contents;
import org.spdbook.kernel.install.KernelCommand;
import org.spdbook.kernel.install.Surroundings;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code kernel install|uninstall|list|doctor}: makes Jupyter know this kernel with its libraries, or forget it. */
@CommandLine.Command(
        name = "kernel",
        description = "Install the Java kernel into a Jupyter, list what is installed, or take it away.",
        footer = "Its words and their options: spd kernel help")
public final class Kernel implements Word {

    /** Settings that the kernel passes on from the launcher: threads, memory, natives. */
    private static final List<String> PASSED_ON = List.of(
            "OMP_NUM_THREADS",
            "MKL_NUM_THREADS",
            "DJL_OFFLINE",
            "DJL_CACHE_DIR",
            "PYTORCH_LIBRARY_PATH",
            "MALLOC_MMAP_THRESHOLD_",
            "MALLOC_TRIM_THRESHOLD_",
            "MALLOC_TOP_PAD_");

    /** What magics and cells hand to each other, so that it must be one class. */
    private static final List<String> SHARED = List.of("ai.djl", "tech.tablesaw");

    @CommandLine.Unmatched
    private @Nullable List<String> words;

    @Override
    public Answer answer(Front front) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code;
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            code = new KernelCommand(contents(), Surroundings.here(), out, front.messages())
                    .run(words == null ? List.of() : words);
        }
        return new Answer(said.toString(StandardCharsets.UTF_8).stripTrailing(), code == 0);
    }

    private static Contents contents() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : PASSED_ON) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        String libraries = System.getProperty("spd.lib", System.getProperty("java.class.path"));
        List<String> options = new ArrayList<>(List.of("-Dspd.lib=" + libraries, "-Dai.djl.offline=true"));
        String jupyter = System.getProperty(Doctor.JUPYTER);
        if (jupyter != null) {
            options.add("-D" + Doctor.JUPYTER + "=" + jupyter);
        }
        return new Contents(Contents.runningJar(), libraries, SHARED, options, environment);
    }
}
