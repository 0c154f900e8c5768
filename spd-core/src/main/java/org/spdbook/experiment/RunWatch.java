package org.spdbook.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.spdbook.train.Cancel;
import org.spdbook.train.LogEntry;
import org.spdbook.train.LogTail;
import org.spdbook.train.Progress;

/** Shows a run that another process trains, as if it were trained here. Changes nothing in its folder. */
public final class RunWatch {

    private static final int PAUSE_MILLISECONDS = 200;

    private final RunFolder folder;
    private final Progress progress;
    private final Cancel leave;
    private final Pause pause;
    private final LogTail log;
    private final List<LogEntry> waiting = new ArrayList<>();
    private int steps;

    /** Lets time pass between two looks. */
    @FunctionalInterface
    interface Pause {
        void pass() throws InterruptedException;
    }

    /**
     * A watch that has not begun.
     *
     * @param progress told of the steps, those before as well, on the thread that watches
     * @param leave ends the watching, not the run
     */
    public RunWatch(RunFolder folder, Progress progress, Cancel leave) {
        this(folder, progress, leave, () -> TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS));
    }

    RunWatch(RunFolder folder, Progress progress, Cancel leave, Pause pause) {
        this.folder = folder;
        this.progress = progress;
        this.leave = leave;
        this.pause = pause;
        this.log = new LogTail(folder.log());
    }

    /**
     * Watches until the run ends in any way, or until asked to leave.
     *
     * @return what has become of the run; {@link RunState#RUNNING} after leaving
     * @throws IOException if the folder cannot be read
     */
    public RunState follow() throws IOException, InterruptedException {
        while (true) {
            RunState state = RunState.of(folder); // before the log, so that no step of an ended run is missed
            tell(state);
            if (state != RunState.RUNNING) {
                tellSkipped();
                return state;
            }
            if (leave.isAsked()) {
                return state;
            }
            pause.pass();
        }
    }

    /** Steps that have come; kept until it is known how many there will be. */
    private void tell(RunState state) throws IOException {
        Optional<RunProcess> process = RunProcess.read(folder);
        waiting.addAll(log.next());
        int reached = waiting.isEmpty() ? 0 : waiting.get(waiting.size() - 1).step();
        if (steps == 0) {
            steps = process.map(RunProcess::steps).orElse(state == RunState.ENDED ? reached : 0);
            if (steps == 0) {
                return;
            }
            progress.begin(folder.id(), reached, steps);
        }
        waiting.forEach(entry -> progress.step(entry.step(), steps, entry.loss()));
        waiting.clear();
    }

    private void tellSkipped() throws IOException {
        if (Files.exists(folder.skipped())) {
            progress.skipped(new LinkedHashSet<>(Files.readAllLines(folder.skipped())));
        }
    }
}
