package org.spdbook.magics.command;

import java.io.IOException;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunProcess;
import org.spdbook.experiment.RunState;
import org.spdbook.experiment.RunWatch;
import org.spdbook.experiment.StopRequest;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import picocli.CommandLine;

/** {@code stop RUN}: lets a run end after its step, with a checkpoint. */
@CommandLine.Command(
        name = "stop",
        description = "Stop a run that another process trains after its step; it can be resumed.")
public final class Stop implements Word {

    @CommandLine.Parameters(paramLabel = "RUN", description = "id or its beginning")
    private String id = "";

    @Override
    public Answer answer(Front front) throws Exception {
        RunFolder folder = RunChoice.folder(front, id);
        StateText before = StateText.of(folder);
        if (before.state() != RunState.RUNNING) {
            throw new IllegalStateException("there is nothing to stop: " + before.sentence());
        }
        RunProcess process = RunProcess.read(folder)
                .orElseThrow(() -> new IllegalStateException("run " + folder.id()
                        + " is in the hands of a process that does not train it now; try again in a moment"));
        StopRequest.ask(folder, process);
        RunState after = stopped(front, folder);
        if (after == RunState.RUNNING) {
            throw new IllegalStateException("run " + folder.id()
                    + " is asked to stop and will when it is ready; see it with: spd attach " + folder.id());
        }
        StopRequest.remove(folder); // it may have ended without looking
        String sentence = new StateText(folder, after).sentence();
        return after == RunState.STOPPED
                ? Answer.of(sentence)
                : new Answer("it did not come to that: " + sentence, false);
    }

    /** Waits for the end of its step; an interrupt ends the waiting, and the request stays. */
    private static RunState stopped(Front front, RunFolder folder) throws IOException, InterruptedException {
        front.messages().println("run " + folder.id() + " is asked to stop after its step");
        var leave = new Cancel();
        Front.Registration registration = front.onInterrupt(leave::ask);
        try (registration) {
            return new RunWatch(folder, Progress.SILENT, leave).follow();
        }
    }
}
