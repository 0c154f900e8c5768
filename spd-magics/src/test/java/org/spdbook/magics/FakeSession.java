package org.spdbook.magics;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.shell.ClassPath;
import org.spdbook.kernel.shell.Declaration;
import org.spdbook.kernel.shell.ErrorMode;
import org.spdbook.kernel.shell.History;

/** A kernel that keeps what it is told. */
final class FakeSession implements Session {

    final Map<String, Object> variables = new LinkedHashMap<>();
    /** Per display, what it has shown, in order. */
    final List<List<DisplayBundle>> displays = new CopyOnWriteArrayList<>();

    final List<Runnable> cancels = new CopyOnWriteArrayList<>();
    /** Cancels at the first bar that shows a finished step. */
    boolean interruptAtFirstStep;

    /** Cancels when a line with this text in it is written to {@link #err}. */
    @Nullable
    String interruptAtLine;

    /** Cancels when anything is written to {@link #out}. */
    boolean interruptAtOutput;

    /** What is written to {@link #out}. */
    final ByteArrayOutputStream output = new ByteArrayOutputStream();

    /** What the reader types; then there is no more. */
    final Deque<String> typed = new ArrayDeque<>();

    private final PrintStream printed = new PrintStream(output, true, StandardCharsets.UTF_8) {
        @Override
        public void print(@Nullable String text) {
            super.print(text);
            if (interruptAtOutput) {
                cancels.forEach(Runnable::run);
            }
        }
    };

    private final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
        @Override
        public void println(@Nullable String line) {
            super.println(line);
            if (interruptAtLine != null && String.valueOf(line).contains(interruptAtLine)) {
                cancels.forEach(Runnable::run);
            }
        }
    };

    MagicCall call(String words) {
        return new MagicCall(List.of(words.split(" ")), Optional.empty(), 1, this);
    }

    @Override
    public <T> void bind(String name, Class<? super T> type, T value) {
        variables.put(name, value);
    }

    @Override
    public Optional<Object> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    @Override
    public List<String> variables(Class<?> type) {
        return variables.keySet().stream()
                .filter(name -> type.isInstance(variables.get(name)))
                .toList();
    }

    @Override
    public DisplayHandle display(Object value) {
        List<DisplayBundle> shown = new ArrayList<>(List.of((DisplayBundle) value));
        displays.add(shown);
        return new DisplayHandle() {
            @Override
            public String id() {
                return "display";
            }

            @Override
            public void update(Object next) {
                shown.add((DisplayBundle) next);
                if (interruptAtFirstStep) {
                    cancels.forEach(Runnable::run);
                }
            }
        };
    }

    @Override
    public PrintStream out() {
        return printed;
    }

    @Override
    public PrintStream err() {
        return nowhere;
    }

    @Override
    public Registration onInterrupt(Runnable cancel) {
        cancels.add(cancel);
        return () -> cancels.remove(cancel);
    }

    @Override
    public Object evaluate(String source, int firstLine) {
        throw new UnsupportedOperationException("the words of the magic run no Java");
    }

    @Override
    public List<Path> addToClassPath(List<Path> entries) {
        throw new UnsupportedOperationException("the words of the magic leave the class path alone");
    }

    @Override
    public ClassPath classPath() {
        return new ClassPath(List.of(), List.of(), Set.of());
    }

    @Override
    public List<Declaration> declarations() {
        return List.of();
    }

    @Override
    public void reset() {
        variables.clear();
    }

    @Override
    public long snippetNanos() {
        return 0;
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> first) {
        return first.get();
    }

    @Override
    public Path folder() {
        return Path.of("").toAbsolutePath();
    }

    @Override
    public void folder(Path absolute) {
        throw new UnsupportedOperationException("the words of the magic stay in their folder");
    }

    @Override
    public History history() {
        return new History();
    }

    @Override
    public Magics magics() {
        return new Magics(getClass().getClassLoader());
    }

    @Override
    public ErrorMode errorMode() {
        return ErrorMode.CONTEXT;
    }

    @Override
    public void errorMode(ErrorMode mode) {
        throw new UnsupportedOperationException("the words of the magic leave errors as they are");
    }

    @Override
    public String ask(String prompt, boolean password) {
        return typed.isEmpty() ? "" : typed.removeFirst();
    }
}
