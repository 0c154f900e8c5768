package org.spdbook.magics.command;

import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunState;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import picocli.CommandLine;

/** {@code resume RUN}: goes on with a run that was stopped or killed. */
@CommandLine.Command(name = "resume", description = "Go on with a run that was stopped or killed.")
public final class Resume implements Word {

    @CommandLine.Parameters(paramLabel = "RUN", description = "id or its beginning")
    private String id = "";

    @CommandLine.Option(names = "--as", paramLabel = "NAME", description = "Java variable for the run (notebook)")
    private @Nullable String variable;

    @CommandLine.Mixin
    private RecordingOptions recordings = new RecordingOptions();

    @CommandLine.Mixin
    private Detached detached = new Detached();

    @CommandLine.Mixin
    private Json json = new Json();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Answer answer(Front front) throws Exception {
        detached.check(variable);
        if (variable != null) {
            front.checkVariable(variable);
        }
        Recording recording = recordings.recording();
        RunFolder folder = RunChoice.folder(front, id);
        if (detached.isAsked() && !folder.isFinished()) {
            StateText state = StateText.of(folder);
            if (state.state() == RunState.RUNNING) {
                throw new IllegalStateException(state.sentence());
            }
            Experiment.checkResumable(folder);
            return detached.goOn(folder, spec.root(), recordings, json);
        }
        var cancel = new Cancel();
        var progress = front.watch("run " + folder.id(), folder.spec().optimizer());
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            Run run = Experiment.resume(folder, recording, progress, cancel);
            if (variable != null) {
                front.bind(variable, run);
            }
            return Train.shown(run, json);
        }
    }
}
