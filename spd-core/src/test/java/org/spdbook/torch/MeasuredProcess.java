package org.spdbook.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** A program in a process of its own whose Java heap is small and fixed, so that what its memory grows by is the tensors'. */
public final class MeasuredProcess {

    private MeasuredProcess() {}

    /** The first line that it prints; it must end well. */
    public static String firstLine(Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // freed blocks go back to the system at once, so that its figure is that of what is in use
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "1000000");
        builder.environment().put("MALLOC_TRIM_THRESHOLD_", "1000000");
        Process process = builder.start();
        try (var output = process.inputReader()) {
            String line = output.readLine();
            assertThat(process.waitFor()).isZero();
            return line;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
