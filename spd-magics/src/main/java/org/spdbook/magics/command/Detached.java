package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunProcess;
import picocli.CommandLine;

/** The option {@code --detach}: the run goes on in a process of its own, and the word answers at once. */
final class Detached {

    @CommandLine.Option(
            names = "--detach",
            description = "in a process of its own, which goes on when this one ends; see: spd attach")
    private boolean asked;

    boolean isAsked() {
        return asked;
    }

    /** Refuses what needs the result. */
    void check(@org.jspecify.annotations.Nullable String variable) {
        if (asked && variable != null) {
            throw new IllegalArgumentException("--as " + variable
                    + " needs the result, for which --detach does not wait; bind it with: spd attach RUN --as "
                    + variable);
        }
    }

    /**
     * Starts the process of a new run; if that fails, there is no run.
     *
     * @param root of the tree of words
     */
    Answer begin(RunFolder folder, CommandLine.Model.CommandSpec root, RecordingOptions recordings, Json json)
            throws IOException {
        try {
            return goOn(folder, root, recordings, json);
        } catch (IOException e) {
            try (Stream<Path> files = Files.walk(folder.path())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            throw new IOException("no process could be started: " + e.getMessage() + "; train without --detach", e);
        }
    }

    /** Starts a process that goes on with a run. */
    Answer goOn(RunFolder folder, CommandLine.Model.CommandSpec root, RecordingOptions recordings, Json json)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("resume", folder.id()));
        words.addAll(recordings.words());
        RunProcess process =
                DetachedProcess.start(folder, root.userObject().getClass().getName(), words);
        if (json.isAsked()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("run", folder.id());
            facts.put("pid", process.pid());
            facts.put("printed", folder.printed().toString());
            return Answer.of(Json.text(facts));
        }
        return Answer.of("run " + folder.id() + " goes on in process " + process.pid() + ", which prints to "
                + folder.printed() + "\nsee it with: spd attach " + folder.id() + "\nstop it with: spd stop "
                + folder.id());
    }
}
