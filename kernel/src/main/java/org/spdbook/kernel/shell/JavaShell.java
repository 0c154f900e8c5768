package org.spdbook.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.shell.Declaration.Kind;

/**
 * A JShell session in this process: snippets see {@link CellClasses} and the kernel sees their objects. Used by one thread at a
 * time, but for {@link #stop}.
 */
public final class JavaShell implements AutoCloseable {

    private static final List<String> IMPORTS = List.of(
            "java.io.*",
            "java.math.*",
            "java.nio.file.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.stream.*",
            "org.spdbook.kernel.display.*",
            "static org.spdbook.kernel.display.Shorthand.*");

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

    private final CellClasses classes;
    private final CellControl control;
    private final Snippets snippets = new Snippets();
    private final JShell shell;
    private final StandardJavaFileManager files;
    private final ErrorText errors;
    private final ImportSuggestions imports;

    /**
     * A new session with the usual imports. Takes about a second.
     *
     * @param classes what snippets see besides the JDK
     */
    public JavaShell(CellClasses classes) {
        this.classes = classes;
        control = new CellControl(classes);
        StandardJavaFileManager[] used = new StandardJavaFileManager[1];
        shell = JShell.builder()
                .executionEngine(control.provider(), null)
                .fileManager(manager -> used[0] = manager)
                .build();
        files = used[0];
        compileWith(classes.entries());
        IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
        imports = new ImportSuggestions(shell);
        errors = new ErrorText(shell, snippets, imports);
    }

    /**
     * Makes jars or folders of classes known to the snippets that follow. Their classes win over those of the libraries.
     *
     * @param entries absolute; those already there are left out
     * @return what was added
     */
    public List<Path> addToClassPath(List<Path> entries) {
        List<Path> before = classes.entries();
        List<Path> news = entries.stream()
                .filter(entry -> !before.contains(entry))
                .distinct()
                .toList();
        if (!news.isEmpty()) {
            compileWith(news);
        }
        return news;
    }

    /** JShell appends to its class path and tells the engine; the compiler then gets the order in which classes are loaded. */
    private void compileWith(List<Path> entries) {
        shell.addToClasspath(entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        List<Path> all = new ArrayList<>(classes.entries());
        all.addAll(CellClasses.expand(System.getProperty("java.class.path")));
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, all);
        } catch (IOException e) {
            throw new UncheckedIOException("the compiler does not take the class path " + all, e);
        }
    }

    /** What snippets see besides the JDK. */
    public CellClasses classes() {
        return classes;
    }

    /** How JShell cuts source into snippets. */
    public CompletionInfo analyse(String source) {
        return shell.sourceCodeAnalysis().analyzeCompletion(source);
    }

    /**
     * Runs one snippet.
     *
     * @param source of one complete snippet
     * @param cell execution count of its cell, for errors
     * @param firstLine line of the cell where it begins, from 1
     * @return the value of an expression; null for none, and for what is no expression
     * @throws CellException if it does not compile or throws
     */
    public @Nullable Object run(String source, int cell, int firstLine) throws CellException {
        Object value = null;
        var origin = new Snippets.Origin(cell, firstLine, source);
        for (SnippetEvent event : shell.eval(source)) {
            if (event.causeSnippet() != null) {
                continue;
            }
            Snippet snippet = event.snippet();
            snippets.put(snippet.id(), origin);
            if (event.status() == Snippet.Status.REJECTED) {
                throw errors.rejected(snippet, origin);
            }
            if (event.exception() != null) {
                throw errors.thrown(event.exception());
            }
            value = valueOf(snippet);
        }
        return value;
    }

    private @Nullable Object valueOf(Snippet snippet) {
        if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                && snippet instanceof VarSnippet variable) {
            return read(variable);
        }
        if (snippet.subKind() == Snippet.SubKind.VAR_VALUE_SUBKIND && snippet instanceof ExpressionSnippet expression) {
            return variable(expression.name()).orElse(null);
        }
        return null;
    }

    private @Nullable Object read(VarSnippet variable) {
        if (!shell.status(variable).isActive() || shell.status(variable) != Snippet.Status.VALID) {
            return null;
        }
        shell.varValue(variable);
        return control.takeValue();
    }

    /** The object a variable holds; empty when there is none of that name or it is null. */
    public Optional<Object> variable(String name) {
        return shell.variables()
                .filter(variable -> variable.name().equals(name))
                .findFirst()
                .map(this::read);
    }

    /** Names of the variables that the user gave, in the order of definition. */
    public List<String> variables() {
        return shell.variables()
                .map(VarSnippet::name)
                .filter(name -> !name.startsWith("$"))
                .toList();
    }

    /** What the user declared, in the order of definition. */
    public List<Declaration> declarations() {
        List<Declaration> all = new ArrayList<>();
        shell.variables()
                .filter(one -> !one.name().startsWith("$"))
                .forEach(one -> all.add(new Declaration(Kind.VARIABLE, one.name(), one.typeName(), one.source())));
        shell.methods()
                .forEach(one -> all.add(new Declaration(Kind.METHOD, one.name(), one.signature(), one.source())));
        shell.types().forEach(one -> all.add(new Declaration(Kind.TYPE, one.name(), kind(one), one.source())));
        return all;
    }

    private static String kind(TypeDeclSnippet type) {
        return switch (type.subKind()) {
            case INTERFACE_SUBKIND -> "interface";
            case ENUM_SUBKIND -> "enum";
            case ANNOTATION_TYPE_SUBKIND -> "annotation type";
            case RECORD_SUBKIND -> "record";
            default -> "class";
        };
    }

    /** Forgets all variables, methods and types; imports and the class path stay. */
    public void reset() {
        String release = shell.variables()
                .filter(variable -> shell.status(variable) == Snippet.Status.VALID)
                .filter(variable -> !PRIMITIVES.contains(variable.typeName()))
                .map(variable -> variable.name() + " = null;")
                .collect(Collectors.joining("\n"));
        if (!release.isEmpty()) {
            shell.eval("{" + release + "}"); // the class of a dropped variable goes on to hold its object
        }
        List<Snippet> all = new ArrayList<>(shell.variables().toList());
        all.addAll(shell.methods().toList());
        all.addAll(shell.types().toList());
        all.forEach(shell::drop);
    }

    /** Time that snippets have run so far, without compiling; in nanoseconds. */
    public long snippetNanos() {
        return control.snippetNanos();
    }

    /**
     * Makes an object a variable.
     *
     * @throws CellException if the name is a reserved word
     */
    public void bind(String name, Class<?> type, Object value) throws CellException {
        String key = UUID.randomUUID().toString();
        Exchange.put(key, value);
        String typeName = type.getCanonicalName();
        String source =
                typeName + " " + name + " = (" + typeName + ") " + Exchange.class.getName() + ".take(\"" + key + "\");";
        try {
            run(source, 0, 1);
        } finally {
            Exchange.take(key);
        }
    }

    /** JShell's own help with source; it knows what the cells that ran declared. */
    public SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    /** What is imported, {@code java.util.*} or {@code java.util.List}; static imports are left out. */
    public List<String> imports() {
        return shell.imports()
                .filter(one -> !one.isStatic())
                .map(ImportSnippet::fullname)
                .toList();
    }

    /** A line for each import that would make an unknown class known, at most 5. Never waits for the class path to be read. */
    public List<String> importsFor(String name) {
        return imports.forName(name);
    }

    /** The error of a cell that was interrupted. */
    public static CellException interrupted() {
        return ErrorText.interrupted();
    }

    /**
     * Runs work of the kernel that calls code of the user, such as a {@code toString}, where {@link #stop} reaches it as it reaches
     * a snippet. Not from a snippet.
     *
     * @return what the work gives
     * @throws Exception what the work throws
     */
    public @Nullable Object call(Callable<?> work) throws Exception {
        return control.call(work);
    }

    /** Stops the snippet that is running; from any thread. */
    public void stop() {
        shell.stop();
    }

    @Override
    public void close() {
        shell.close();
    }
}
