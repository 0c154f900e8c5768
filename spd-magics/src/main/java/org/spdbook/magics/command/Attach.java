package org.spdbook.magics.command;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunState;
import org.spdbook.experiment.RunWatch;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import picocli.CommandLine;

/** {@code attach RUN}: shows a run that another process trains, and its result. */
@CommandLine.Command(
        name = "attach",
        description = "Show a run that another process trains, until its result; an interrupt only leaves it.")
public final class Attach implements Word {

    @CommandLine.Parameters(paramLabel = "RUN", description = "id or its beginning")
    private String id = "";

    @CommandLine.Option(names = "--as", paramLabel = "NAME", description = "Java variable for the run (notebook)")
    private @Nullable String variable;

    @CommandLine.Mixin
    private Json json = new Json();

    @Override
    public Answer answer(Front front) throws Exception {
        if (variable != null) {
            front.checkVariable(variable);
        }
        RunFolder folder = RunChoice.folder(front, id);
        RunState state = RunState.of(folder);
        if (state == RunState.RUNNING) {
            state = watch(front, folder);
        }
        var text = new StateText(folder, state);
        return switch (state) {
            case ENDED -> ended(front, folder.load());
            // a cell that was interrupted shows no value, only what is thrown
            case RUNNING -> throw new IllegalStateException(text.sentence());
            case STOPPED, FAILED, DIED -> throw lost(front, text);
        };
    }

    private static RunState watch(Front front, RunFolder folder) throws IOException, InterruptedException {
        var leave = new Cancel();
        var progress = front.watch("run " + folder.id(), folder.spec().optimizer());
        Front.Registration registration = front.onInterrupt(leave::ask);
        try (registration) {
            return new RunWatch(folder, progress, leave).follow();
        }
    }

    private Answer ended(Front front, Run run) {
        if (variable != null) {
            front.bind(variable, run);
        }
        return Train.shown(run, json);
    }

    private static IllegalStateException lost(Front front, StateText text) throws IOException {
        List<String> lines = text.lastLines();
        if (!lines.isEmpty()) {
            front.messages().println("its last lines, of " + text.folder().printed() + ":");
            lines.forEach(front.messages()::println);
        }
        return new IllegalStateException(text.sentence());
    }
}
