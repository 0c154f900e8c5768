package org.spdbook.kernel.shell;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.jspecify.annotations.Nullable;

/** A JShell session in this process: snippets see the class path of the kernel and the kernel sees their objects. */
public final class JavaShell implements AutoCloseable {

    private static final List<String> IMPORTS =
            List.of("java.util.*", "java.util.function.*", "java.util.stream.*", "java.nio.file.*");

    private final JShell shell;

    /** A new session with the usual imports. */
    public JavaShell() {
        shell = JShell.builder()
                .executionEngine(new LocalExecutionControlProvider(), null)
                .build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
    }

    /** How JShell cuts source into snippets. */
    public CompletionInfo analyse(String source) {
        return shell.sourceCodeAnalysis().analyzeCompletion(source);
    }

    /** What could stand at the cursor. */
    public List<SourceCodeAnalysis.Suggestion> suggest(String source, int cursor, int[] anchor) {
        return shell.sourceCodeAnalysis().completionSuggestions(source, cursor, anchor);
    }

    /**
     * Runs one snippet.
     *
     * @return the value of an expression, or null
     * @throws CellException if it does not compile or throws
     */
    public @Nullable Object run(String source) throws CellException {
        Object value = null;
        for (SnippetEvent event : shell.eval(source)) {
            if (event.causeSnippet() != null) {
                continue;
            }
            if (event.status() == Snippet.Status.REJECTED) {
                throw new CellException(problems(event.snippet(), source));
            }
            if (event.exception() != null) {
                throw new CellException(thrown(event.exception()));
            }
            boolean expression = event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                    || event.snippet().subKind() == Snippet.SubKind.VAR_VALUE_SUBKIND;
            if (expression && event.snippet() instanceof VarSnippet variable) {
                value = variable(variable.name());
            } else if (event.snippet().subKind() == Snippet.SubKind.VAR_VALUE_SUBKIND) {
                value = variable(source.trim().replaceAll(";$", ""));
            }
        }
        return value;
    }

    private String problems(Snippet snippet, String source) {
        return shell.diagnostics(snippet)
                .filter(Diag::isError)
                .map(diag -> diag.getMessage(Locale.ROOT) + "\n  "
                        + source.substring((int) diag.getStartPosition(), (int) diag.getEndPosition()))
                .collect(Collectors.joining("\n"));
    }

    private static String thrown(Exception exception) {
        String type = exception instanceof EvalException eval
                ? eval.getExceptionClassName()
                : exception.getClass().getName();
        String frames = java.util.Arrays.stream(exception.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("org.spdbook.kernel"))
                .limit(5)
                .map(frame -> "\n  at " + frame)
                .collect(Collectors.joining());
        return type + ": " + exception.getMessage() + frames;
    }

    /** The object a variable holds; null when there is none. */
    public @Nullable Object variable(String name) {
        shell.eval("org.spdbook.kernel.shell.Exchange.put(\"" + name + "\", " + name + ");");
        return Exchange.take(name);
    }

    /** Names of all variables, in the order of definition. */
    public List<String> variables() {
        return shell.variables().map(VarSnippet::name).toList();
    }

    /** Makes an object a variable. */
    public void bind(String name, Class<?> type, Object value) throws CellException {
        Exchange.put(name, value);
        String typeName = type.getCanonicalName();
        run(typeName + " " + name + " = (" + typeName + ") org.spdbook.kernel.shell.Exchange.take(\"" + name + "\");");
    }

    /** Stops the snippet that is running. */
    public void stop() {
        shell.stop();
    }

    @Override
    public void close() {
        shell.close();
    }
}
