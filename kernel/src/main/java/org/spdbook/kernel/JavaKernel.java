package org.spdbook.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.display.Renderer;
import org.spdbook.kernel.magic.Magic;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.shell.CellException;
import org.spdbook.kernel.shell.JavaShell;

/** Runs cells: magics at the start of snippets, everything else as Java. */
final class JavaKernel extends BaseKernel implements Session {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    private final JavaShell shell = new JavaShell();
    private final List<Runnable> cancels = new CopyOnWriteArrayList<>();
    private final List<Magic> magics = ServiceLoader.load(Magic.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    private final List<Renderer> renderers = ServiceLoader.load(Renderer.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @Override
    public @Nullable DisplayData eval(String cell) throws Exception {
        interrupted.set(false);
        Object value = null;
        String rest = cell;
        while (!rest.isBlank()) {
            if (interrupted.get()) {
                throw new MagicException("interrupted");
            }
            String source = rest.stripLeading();
            if (source.startsWith("%")) {
                int end = source.startsWith("%%") || source.indexOf('\n') < 0 ? source.length() : source.indexOf('\n');
                value = runMagic(source.substring(0, end));
                rest = source.substring(end);
            } else {
                CompletionInfo info = shell.analyse(rest);
                value = shell.run(info.source() == null ? rest : info.source());
                rest = info.source() == null ? "" : info.remaining();
            }
        }
        return value == null ? null : data(bundle(value));
    }

    private @Nullable Object runMagic(String source) throws Exception {
        boolean whole = source.startsWith("%%");
        int lineEnd = source.indexOf('\n') < 0 ? source.length() : source.indexOf('\n');
        String[] words = source.substring(whole ? 2 : 1, lineEnd).trim().split("\\s+");
        Optional<String> body =
                whole ? Optional.of(source.substring(Math.min(lineEnd + 1, source.length()))) : Optional.empty();
        Magic magic = magics.stream()
                .filter(candidate -> candidate.name().equals(words[0]))
                .findFirst()
                .orElseThrow(() -> new MagicException("magic %" + words[0] + " is not known; there are "
                        + magics.stream().map(Magic::name).toList()));
        return magic.run(new MagicCall(List.of(words).subList(1, words.length), body, this));
    }

    private DisplayBundle bundle(Object value) {
        if (value instanceof DisplayBundle bundle) {
            return bundle;
        }
        return renderers.stream()
                .flatMap(renderer -> renderer.render(value).stream())
                .findFirst()
                .orElseGet(() -> DisplayBundle.text(String.valueOf(value)));
    }

    private static DisplayData data(DisplayBundle bundle) {
        DisplayData data = new DisplayData();
        bundle.data().forEach(data::putData);
        return data;
    }

    @Override
    public String isComplete(String code) {
        return switch (shell.analyse(code).completeness()) {
            case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE, EMPTY -> IS_COMPLETE_YES;
            case DEFINITELY_INCOMPLETE -> IS_COMPLETE_MAYBE;
            case UNKNOWN -> code.stripLeading().startsWith("%") ? IS_COMPLETE_YES : IS_COMPLETE_BAD;
        };
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        int[] anchor = {at};
        List<String> words = shell.suggest(code, at, anchor).stream()
                .map(suggestion -> suggestion.continuation())
                .distinct()
                .toList();
        return new ReplacementOptions(words, anchor[0], at);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("java")
                .version(Runtime.version().toString())
                .mimetype("text/x-java")
                .fileExtension(".java")
                .pygments("java")
                .codemirror("text/x-java")
                .build();
    }

    /** Asks running work to end by itself; a snippet without such work is stopped. */
    @Override
    public void interrupt() {
        interrupted.set(true);
        if (cancels.isEmpty()) {
            shell.stop();
        } else {
            cancels.forEach(Runnable::run);
        }
    }

    @Override
    public List<String> formatError(Exception error) {
        if (error instanceof CellException || error instanceof MagicException) {
            return List.of(String.valueOf(error.getMessage()).split("\n"));
        }
        return List.of((error.getClass().getSimpleName() + ": " + error.getMessage()).split("\n"));
    }

    @Override
    public void onShutdown(boolean restarting) {
        cancels.forEach(Runnable::run);
        shell.close();
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
        return shell.variables().contains(name) ? Optional.ofNullable(shell.variable(name)) : Optional.empty();
    }

    @Override
    public List<String> variables(Class<?> type) {
        return shell.variables().stream()
                .filter(name -> type.isInstance(shell.variable(name)))
                .toList();
    }

    @Override
    public DisplayHandle display(Object value) {
        String id = UUID.randomUUID().toString();
        DisplayData first = data(bundle(value));
        first.setDisplayId(id);
        display(first);
        return new DisplayHandle() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void update(Object next) {
                getIO().display.updateDisplay(id, data(bundle(next)));
            }
        };
    }

    @Override
    public PrintStream out() {
        return System.out;
    }

    @Override
    public PrintStream err() {
        return System.err;
    }

    @Override
    public Registration onInterrupt(Runnable cancel) {
        cancels.add(cancel);
        return () -> cancels.remove(cancel);
    }
}
