package org.spdbook.magics.front;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunStore;
import org.spdbook.train.Progress;
import org.spdbook.weights.hub.DownloadProgress;

/** A terminal: data on its standard output, messages on its standard error. An interrupt (Ctrl-C) ends the step, writes the checkpoint, and then ends. */
public final class Terminal implements Front {

    private static final long PATIENCE_SECONDS = 20;

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream messages;
    private final RunStore runs;
    private final CountDownLatch finished = new CountDownLatch(1);

    /**
     * A terminal with the runs of its folder.
     *
     * @param in what is typed, or comes out of a pipe; UTF-8
     */
    public Terminal(InputStream in, PrintStream out, PrintStream messages, RunStore runs) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.messages = messages;
        this.runs = runs;
    }

    @Override
    public PrintStream messages() {
        return messages;
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    @SuppressWarnings("SystemConsoleNull") // as below
    public Optional<String> line(String prompt) throws IOException {
        if (System.console() != null) {
            messages.print(prompt);
            messages.flush();
        }
        return Optional.ofNullable(in.readLine());
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public Optional<Run> variable(String name) {
        return Optional.empty();
    }

    @Override
    public List<String> variables() {
        return List.of();
    }

    @Override
    public void bind(String variable, Run run) {
        checkVariable(variable);
    }

    @Override
    public void checkVariable(String name) {
        throw new IllegalArgumentException(
                "--as " + name + " names a Java variable, which only a notebook has; leave it out in a terminal");
    }

    @Override
    @SuppressWarnings(
            "SystemConsoleNull") // the launcher sets jdk.console, so that Java 22 to 24 too have none in a pipe
    public Progress watch(String title, String method) {
        return new TerminalProgress(messages, System.console() != null, System::nanoTime);
    }

    @Override
    @SuppressWarnings("SystemConsoleNull") // as above
    public DownloadProgress watchDownloads() {
        return new TerminalDownload(messages, System.console() != null, System::nanoTime);
    }

    @Override
    public Registration onInterrupt(Runnable cancel) {
        Thread hook = new Thread(() -> {
            cancel.run();
            try {
                finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is being ended: the hook is waiting for finished().
                return;
            }
        };
    }

    /** The word is done and its messages are printed: lets an interrupted process end. */
    public void finished() {
        finished.countDown();
    }
}
