package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunProcess;
import org.spdbook.experiment.RunState;

/** What has become of a run, in words. */
record StateText(RunFolder folder, RunState state) {

    private static final int LAST_LINES = 5;

    /** As it is now. */
    static StateText of(RunFolder folder) throws IOException {
        return new StateText(folder, RunState.of(folder));
    }

    /** For a cell of a table: {@code running, step 57 of 128}. */
    String cell() throws IOException {
        int step = step();
        int steps = process().map(RunProcess::steps).orElse(0);
        return switch (state) {
            case RUNNING -> steps == 0 ? "running, opening model and data" : "running, step " + step + " of " + steps;
            case STOPPED -> "stopped after step " + step;
            case FAILED -> "failed after step " + step;
            case DIED -> "died after step " + step;
            case ENDED -> "ended";
        };
    }

    /** One sentence, and what can be done. */
    String sentence() throws IOException {
        String run = "run " + folder.id();
        return switch (state) {
            case RUNNING ->
                run + " goes on; see it with: spd attach " + folder.id() + ", stop it with: spd stop " + folder.id();
            case STOPPED -> run + " is stopped after step " + step() + "; go on with: spd resume " + folder.id();
            case FAILED ->
                run + " failed after step " + step() + ": "
                        + process().map(RunProcess::failure).orElse("it does not say why")
                        + "; try again from its newest checkpoint with: spd resume " + folder.id();
            case DIED ->
                "the process of " + run + " died after step " + step() + "; go on with: spd resume " + folder.id();
            case ENDED -> run + " has ended; see it with: spd attach " + folder.id();
        };
    }

    /** The last lines of a process that can say no more; nothing if it printed elsewhere. */
    List<String> lastLines() throws IOException {
        if (state != RunState.DIED || !Files.exists(folder.printed())) {
            return List.of();
        }
        List<String> lines = new String(Files.readAllBytes(folder.printed()), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }

    private int step() throws IOException {
        return folder.history().entries().size();
    }

    private Optional<RunProcess> process() throws IOException {
        return RunProcess.read(folder);
    }
}
