package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.magic.Words;
import org.spdbook.kernel.shell.CellException;

/** {@code %sh COMMAND} and {@code %%sh}: runs a command of the system's shell. */
public final class Sh extends StandardMagic {

    private static final long GRACE_MILLIS = 2000;
    private static final long QUIET_NANOS = 300_000_000;

    /** Made by ServiceLoader. */
    public Sh() {
        super(Usage.of("sh", "%sh COMMAND\n%%sh", "runs a command of the shell, or the rest of the cell as a script")
                .notes("""
                        Output is shown while the command runs; an exit code other than 0 is an error; interrupting the cell ends the
                        command and what it started. It gets no input, the folder of %cd and the environment of %env.
                        In a line {java expression} becomes its text, but not in single quotes; a script stays as it is."""));
    }

    @Override
    public boolean takesText() {
        return true;
    }

    @Override
    public @Nullable Object run(MagicCall call) throws Exception {
        boolean script = call.body().isPresent();
        if (call.text().isEmpty() != script) {
            throw usage().read(List.of()).wrong();
        }
        Session session = call.session();
        String command = script
                ? call.body().get()
                : Words.<Exception>fill(call.text(), java -> String.valueOf(session.evaluate(java, call.line())));
        int code = run(start(command, session), session);
        if (code != 0) {
            String message = "the command ended with exit code " + code;
            throw new CellException("CommandFailed", message, List.of("CommandFailed: " + message));
        }
        return null;
    }

    private static Process start(String command, Session session) throws IOException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        var builder = new ProcessBuilder(windows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command));
        builder.directory(session.folder().toFile());
        Map<String, String> variables =
                session.shared(Environment.class, Environment::new).variables();
        builder.environment().clear();
        builder.environment().putAll(Map.copyOf(variables));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    @SuppressWarnings("try") // closing it is all it is for
    private static int run(Process process, Session session) throws InterruptedException {
        var out = new Pump(process.getInputStream(), session.out(), "sh-out");
        var err = new Pump(process.getErrorStream(), session.err(), "sh-err");
        var tree = new ProcessTree(process);
        try (Session.Registration registered = session.onInterrupt(tree::end)) {
            int code = process.waitFor();
            out.drain();
            err.drain();
            return code;
        } finally {
            if (process.isAlive() || tree.isEnding()) {
                tree.kill();
            }
        }
    }

    /** A process with what it started. */
    private static final class ProcessTree {

        private final Process root;
        private volatile List<ProcessHandle> ending = List.of();

        ProcessTree(Process root) {
            this.root = root;
        }

        boolean isEnding() {
            return !ending.isEmpty();
        }

        /** Asks all of them to end; returns at once. */
        void end() {
            ending = java.util.stream.Stream.concat(
                            root.toHandle().descendants(), java.util.stream.Stream.of(root.toHandle()))
                    .toList();
            ending.forEach(ProcessHandle::destroy);
        }

        /** Ends those that did not do so when asked. */
        void kill() {
            if (!isEnding()) {
                end();
            }
            try {
                root.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ending.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Moves output to the cell while it comes. */
    private static final class Pump {

        private final Thread thread;
        private volatile long last = System.nanoTime();

        Pump(InputStream from, OutputStream to, String name) {
            thread = new Thread(() -> move(from, to), name);
            thread.setDaemon(true);
            thread.start();
        }

        private void move(InputStream from, OutputStream to) {
            byte[] buffer = new byte[8192];
            try {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    to.write(buffer, 0, n);
                    last = System.nanoTime();
                }
            } catch (IOException e) {
                // the process was killed
            }
        }

        /** Waits for the rest, but not for what a process that stays in the background may write later. */
        void drain() throws InterruptedException {
            do {
                thread.join(TimeUnit.NANOSECONDS.toMillis(QUIET_NANOS));
            } while (thread.isAlive() && System.nanoTime() - last < QUIET_NANOS);
        }
    }
}
