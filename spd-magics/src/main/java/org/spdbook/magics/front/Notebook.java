package org.spdbook.magics.front;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.lang.model.SourceVersion;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunStore;
import org.spdbook.kernel.magic.Session;
import org.spdbook.train.Progress;
import org.spdbook.weights.hub.DownloadProgress;

/**
 * A cell of a notebook.
 *
 * @param session the running kernel
 * @param runs the runs of its folder
 * @param bound told the name of every variable that is bound
 */
public record Notebook(Session session, RunStore runs, Consumer<String> bound) implements Front {

    @Override
    public PrintStream messages() {
        return session.err();
    }

    @Override
    public PrintStream out() {
        return session.out();
    }

    /** Asked for below the cell; an empty one is the last. */
    @Override
    public Optional<String> line(String prompt) throws IOException {
        return Optional.of(session.ask(prompt, false)).filter(line -> !line.isBlank());
    }

    @Override
    public Optional<Run> variable(String name) {
        return !SourceVersion.isIdentifier(name)
                ? Optional.empty()
                : session.variable(name).filter(Run.class::isInstance).map(Run.class::cast);
    }

    @Override
    public List<String> variables() {
        return session.variables(Run.class);
    }

    @Override
    public void bind(String variable, Run run) {
        session.bind(variable, Run.class, run);
        bound.accept(variable);
    }

    @Override
    public void checkVariable(String name) {
        if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
            throw new IllegalArgumentException(
                    "--as " + name + " is no name of a Java variable; use letters and digits, such as base");
        }
    }

    @Override
    public Progress watch(String title, String method) {
        return new NotebookProgress(session, title, method, System::nanoTime);
    }

    @Override
    public DownloadProgress watchDownloads() {
        return new NotebookDownload(session, System::nanoTime);
    }

    @Override
    public Registration onInterrupt(Runnable cancel) {
        Session.Registration registration = session.onInterrupt(cancel);
        return registration::close;
    }
}
