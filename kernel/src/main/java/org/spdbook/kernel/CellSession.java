package org.spdbook.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.CurrentCell;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.display.DisplayTarget;
import org.spdbook.kernel.display.Renderers;
import org.spdbook.kernel.magic.CellScanner;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.shell.CellException;
import org.spdbook.kernel.shell.CellThread;
import org.spdbook.kernel.shell.ClassPath;
import org.spdbook.kernel.shell.Declaration;
import org.spdbook.kernel.shell.ErrorMode;
import org.spdbook.kernel.shell.History;
import org.spdbook.kernel.shell.JavaShell;

/** What magics and displays of one cell may do. */
final class CellSession implements Session, DisplayTarget {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Request request;
    private final JavaSession java;
    private final JavaShell shell;
    private final Output output;
    private final int count;
    private final List<Runnable> atEnd = new CopyOnWriteArrayList<>();
    private volatile boolean interrupted;
    private final List<Runnable> cancels = new CopyOnWriteArrayList<>();

    /**
     * The session as one cell sees it.
     *
     * @param count execution count of the cell, for errors
     */
    CellSession(Request request, JavaSession java, Output output, int count) {
        this.request = request;
        this.java = java;
        this.shell = java.shell();
        this.output = output;
        this.count = count;
    }

    /** Whether an interrupt was asked for; then no further part of the cell begins. */
    boolean interrupted() {
        return interrupted;
    }

    /**
     * Runs a cell, on the thread of the cell.
     *
     * @return the value of its last part as it is shown; null when there is none, or it is an output that is shown already
     */
    @Nullable
    DisplayBundle run(String source) throws Exception {
        CurrentCell.begin(this);
        try {
            Object value = evaluate(source, 1);
            DisplayBundle shown = value == null || value instanceof DisplayHandle ? null : bundle(value);
            if (interrupted) {
                throw new InterruptedException();
            }
            return shown;
        } finally {
            shell.takeNotes().forEach(this::note);
            atEnd.forEach(Runnable::run);
            atEnd.clear();
        }
    }

    @Override
    public @Nullable Object evaluate(String source, int firstLine) throws Exception {
        Object value = null;
        List<CellScanner.Piece> pieces = new CellScanner(shell).scan(source);
        for (int i = 0; i < pieces.size(); i++) {
            if (interrupted) {
                throw new InterruptedException();
            }
            CellScanner.Piece piece = pieces.get(i);
            value = piece.magic()
                    ? CellThread.inUserCode(() -> java.magics().run(piece.source(), firstLine + piece.line() - 1, this))
                    : shell.run(piece.toRun(), count, firstLine + piece.line() - 1);
            if (interrupted) {
                throw new InterruptedException();
            }
            if (piece.magic() && value != null && i < pieces.size() - 1) {
                display(value);
            }
            value = piece.isQuiet() ? null : value;
        }
        return value;
    }

    @Override
    public List<Path> addToClassPath(List<Path> entries) {
        return java.addToClassPath(entries);
    }

    @Override
    public ClassPath classPath() {
        return shell.classes().classPath();
    }

    @Override
    public List<Declaration> declarations() {
        return shell.declarations();
    }

    @Override
    public void reset() {
        shell.reset();
    }

    @Override
    public long snippetNanos() {
        return shell.snippetNanos();
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> first) {
        return java.shared(type, first);
    }

    @Override
    public Path folder() {
        return java.folder();
    }

    @Override
    public void folder(Path absolute) {
        java.folder(absolute);
    }

    @Override
    public History history() {
        return java.history();
    }

    @Override
    public Magics magics() {
        return java.magics();
    }

    /**
     * Marks the cell as interrupted and runs what was registered for that.
     *
     * @return whether there was any
     */
    boolean cancel() {
        interrupted = true;
        cancels.forEach(Runnable::run);
        return !cancels.isEmpty();
    }

    @Override
    public <T> void bind(String name, Class<? super T> type, T value) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new MagicException("variable name " + name + " is no Java identifier; use letters, digits and _");
        }
        try {
            shell.bind(name, type, value);
        } catch (CellException e) {
            throw new MagicException("variable " + name + " cannot be bound: " + e.getMessage());
        }
    }

    @Override
    public Optional<Object> variable(String name) {
        return shell.variable(name);
    }

    @Override
    public List<String> variables(Class<?> type) {
        return shell.variables().stream()
                .filter(name -> shell.variable(name).filter(type::isInstance).isPresent())
                .toList();
    }

    @Override
    public DisplayHandle display(Object value) {
        String id = UUID.randomUUID().toString();
        show("display_data", value, id);
        return new DisplayHandle() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void update(Object next) {
                CellSession.this.update(id, next);
            }
        };
    }

    @Override
    public void update(String id, Object value) {
        show("update_display_data", value, id);
    }

    @Override
    public void clear(boolean wait) {
        output.deliver();
        request.publish("clear_output", Map.of("wait", wait));
    }

    @Override
    public void note(String sentence) {
        err().println(sentence);
    }

    @Override
    public Renderers renderers() {
        return java.renderers();
    }

    @Override
    public void onEnd(Runnable work) {
        atEnd.add(work);
    }

    private void show(String type, Object value, String id) {
        DisplayBundle bundle = bundle(value);
        output.deliver();
        request.publish(
                type,
                Map.of("data", bundle.data(), "metadata", bundle.metadata(), "transient", Map.of("display_id", id)));
    }

    /** Calls the user's code, so it must be where an interrupt reaches it. */
    @Override
    public DisplayBundle bundle(Object value) {
        if (value instanceof DisplayBundle bundle) {
            return bundle;
        }
        try {
            return CellThread.inUserCode(() -> java.renderers().bundle(value, this::note));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public PrintStream out() {
        return output.out();
    }

    @Override
    public PrintStream err() {
        return output.err();
    }

    @Override
    public String ask(String prompt, boolean password) throws IOException {
        return java.input().ask(prompt, password);
    }

    @Override
    public ErrorMode errorMode() {
        return shell.errorMode();
    }

    @Override
    public void errorMode(ErrorMode mode) {
        shell.errorMode(mode);
    }

    @Override
    public Registration onInterrupt(Runnable cancel) {
        cancels.add(cancel);
        return () -> cancels.remove(cancel);
    }
}
