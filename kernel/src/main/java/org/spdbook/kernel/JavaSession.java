package org.spdbook.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.spdbook.kernel.display.Renderers;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.shell.CellClasses;
import org.spdbook.kernel.shell.History;
import org.spdbook.kernel.shell.JavaShell;

/** What outlives a cell: the Java session, the magics and renderers, the history, and the folder that magics work in. */
final class JavaSession {

    private final JavaShell shell;
    private final Magics magics;
    private final Renderers renderers;
    private final History history;
    private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();
    private final Input input;
    private volatile Path folder = Path.of("").toAbsolutePath();

    /** A new session; takes a few tenths of a second. */
    JavaSession(KernelOptions options, History history, Input input) {
        this.input = input;
        this.history = history;
        CellClasses classes = new CellClasses(options.libraries(), options.shared());
        var making = CompletableFuture.supplyAsync(() -> new JavaShell(classes, options.preview()));
        magics = new Magics(classes.loader());
        renderers = new Renderers(classes.loader());
        shell = making.join();
    }

    JavaShell shell() {
        return shell;
    }

    Magics magics() {
        return magics;
    }

    Renderers renderers() {
        return renderers;
    }

    History history() {
        return history;
    }

    Input input() {
        return input;
    }

    /** Where relative paths of magics begin. */
    Path folder() {
        return folder;
    }

    void folder(Path next) {
        folder = next;
    }

    /** The one object of a type that magics share. */
    <T> T shared(Class<T> type, Supplier<T> first) {
        return type.cast(shared.computeIfAbsent(type, absent -> first.get()));
    }

    /** Adds to the class path of the cells; magics and renderers that come with it are found. */
    List<Path> addToClassPath(List<Path> entries) {
        List<Path> added = shell.addToClassPath(entries);
        if (!added.isEmpty()) {
            magics.rescan();
            renderers.rescan();
        }
        return added;
    }
}
