package org.spdbook.magics.front;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunStore;
import org.spdbook.train.Progress;
import org.spdbook.weights.hub.DownloadProgress;

/** Where a word was typed. Words know nothing else of notebook and terminal. */
public interface Front {

    /** For messages while the work goes on. */
    PrintStream messages();

    /** For what is shown while it is made, and not once more as the answer: such as a text. */
    PrintStream out();

    /**
     * The next line that is typed.
     *
     * @param prompt shown before it, where somebody sits there
     * @return empty when there is no more
     * @throws IOException if it cannot be read
     */
    Optional<String> line(String prompt) throws IOException;

    /** The runs of this place. */
    RunStore runs();

    /** The run that a Java variable holds; empty in a terminal. */
    Optional<Run> variable(String name);

    /** Names of variables that hold runs. */
    List<String> variables();

    /**
     * Makes a run a Java variable.
     *
     * @throws IllegalArgumentException in a terminal, which has no variables
     */
    void bind(String variable, Run run);

    /** Refuses names that {@link #bind} would refuse, before work is done. */
    void checkVariable(String name);

    /**
     * Shows a run while it goes on.
     *
     * @param title what is trained
     * @param method the optimiser, for the colour
     */
    Progress watch(String title, String method);

    /** Shows downloads while they go on. */
    DownloadProgress watchDownloads();

    /** Registers what an interrupt does; close to unregister. */
    Registration onInterrupt(Runnable cancel);

    /** Ends what {@link #onInterrupt} began. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
