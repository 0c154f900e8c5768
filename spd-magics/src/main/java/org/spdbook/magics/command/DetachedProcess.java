package org.spdbook.magics.command;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.spdbook.experiment.JavaCommand;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunProcess;

/** A process that goes on with a run and outlives the one that starts it; what it prints goes into the run's folder. */
public final class DetachedProcess {

    /** System property of such a process: it leaves the session of its parent. */
    public static final String DETACHED = "spd.detached";

    /** How much memory Java takes, which the child gets as the parent has it. */
    private static final List<String> HEAP = List.of("-Xmx", "-XX:MaxRAMPercentage=", "-XX:MaxHeapSize=");

    private DetachedProcess() {}

    /**
     * Starts one and notes it in the run's folder.
     *
     * @param main class of the command line
     * @param words it is started with
     * @throws IOException if that fails; then there is no process
     */
    static RunProcess start(RunFolder folder, String main, List<String> words) throws IOException {
        Path path = folder.path().toAbsolutePath();
        List<String> command = command(main);
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.printed().toFile()));
        builder.environment()
                .put("SPD_RUNS", Objects.requireNonNull(path.getParent()).toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            RunProcess noted = RunProcess.of(process.toHandle());
            noted.write(folder);
            return noted;
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static List<String> command(String main) {
        List<String> options =
                new ArrayList<>(List.of("-D" + DETACHED + "=true", "-Dfile.encoding=UTF-8", "-Djdk.console=java.base"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> HEAP.stream().anyMatch(option::startsWith))
                .forEach(options::add);
        List<String> command = JavaCommand.of(options, main);
        // on Windows: without a console, whose closing would end it
        Path javaw = Path.of(command.get(0) + "w.exe");
        if (File.separatorChar == '\\' && Files.exists(javaw)) {
            command.set(0, javaw.toString());
        }
        return command;
    }
}
