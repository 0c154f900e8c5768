package org.spdbook.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
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
 * time, but for {@link #place} and the error mode.
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

    private static final String ENABLE_PREVIEW = "--enable-preview";
    private static final String[] PREVIEW = {
        ENABLE_PREVIEW, "--release", String.valueOf(Runtime.version().feature())
    };

    private final CellClasses classes;
    private final CellControl control;
    private final Snippets snippets;
    private final JShell shell;
    private final LateIndex files;
    private final Prelude prelude;
    private final ErrorText errors;
    private final ImportSuggestions imports;
    private final Notes notes;
    private final Temporaries temporaries;

    /** A new session without preview features. */
    public JavaShell(CellClasses classes) {
        this(classes, false);
    }

    /**
     * A new session at the language level of the running JDK. The usual imports and the libraries are there as soon as a cell needs
     * them; {@link #prepare} gets them ready before.
     *
     * @param classes what snippets see besides the JDK
     * @param preview whether the preview features of the language may be used; needs a JVM with {@code --enable-preview}
     */
    public JavaShell(CellClasses classes, boolean preview) {
        this.classes = classes;
        control = new CellControl(classes);
        LateIndex[] used = new LateIndex[1];
        shell = JShell.builder()
                .executionEngine(control.provider(), null)
                .compilerOptions(preview ? PREVIEW : new String[0])
                .fileManager(manager -> used[0] = new LateIndex(manager))
                .build();
        files = used[0];
        List<Runnable> steps = new ArrayList<>();
        if (!classes.entries().isEmpty()) {
            steps.add(() -> compileWith(classes.entries()));
        }
        IMPORTS.forEach(name -> steps.add(() -> shell.eval("import " + name + ";")));
        steps.add(files::begin);
        prelude = new Prelude(steps);
        snippets = new Snippets(shell.sourceCodeAnalysis());
        imports = new ImportSuggestions(shell);
        errors = new ErrorText(shell, snippets, imports);
        notes = new Notes(shell, errors);
        temporaries = new Temporaries(shell, control);
        if (preview && !ManagementFactory.getRuntimeMXBean().getInputArguments().contains(ENABLE_PREVIEW)) {
            notes.add(
                    "Preview features compile and do not run: the kernel was started with --preview, and its JVM without "
                            + ENABLE_PREVIEW + ". Give it both, or neither.");
        }
    }

    /**
     * Gets a part of what cells may need ready, in a few tens of milliseconds.
     *
     * @return whether there is more
     */
    public boolean prepare() {
        return quietly(prelude::step);
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
            quietly(() -> {
                prelude.complete();
                compileWith(news);
                return news;
            });
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
        return quietly(() -> shell.sourceCodeAnalysis().analyzeCompletion(source));
    }

    /** The compiler's part, which an interrupt must not reach, also when a magic of the user's asks for it. */
    private static <T> T quietly(Callable<T> work) {
        try {
            return CellThread.inKernelCode(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs one snippet.
     *
     * @param source of one complete snippet
     * @param cell execution count of its cell, for errors
     * @param firstLine line of the cell where it begins, from 1
     * @return the value of an expression; null for none, and for what is no expression
     * @throws CellException if it does not compile or throws, or if the cell is interrupted
     */
    public @Nullable Object run(String source, int cell, int firstLine) throws CellException {
        Optional<VarSnippet> named = variableNamed(source.strip().replaceFirst(";$", ""));
        if (named.isPresent()) { // needs no compiler, which from 25 on refuses some types that have no name
            return read(named.get());
        }
        var origin = new Origin(cell, firstLine, source);
        List<SnippetEvent> events = quietly(() -> evaluate(source));
        Throwable thrown = control.takeThrown();
        Object value = null;
        for (SnippetEvent event : events) {
            Snippet snippet = event.snippet();
            notes.event(event);
            if (event.causeSnippet() != null) {
                snippets.renew(snippet);
                continue;
            }
            if (event.status() == Snippet.Status.REJECTED) {
                throw errors.rejected(snippet, origin);
            }
            snippets.put(snippet, origin);
            if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                temporaries.keep((VarSnippet) snippet);
            }
            value = thrown == null ? valueOf(snippet) : null;
        }
        if (thrown instanceof CellStopped) {
            throw errors.interrupted();
        }
        if (thrown != null) {
            throw errors.thrown(thrown);
        }
        return value;
    }

    private List<SnippetEvent> evaluate(String source) {
        if (prelude.isWantedBy(source)) {
            prelude.complete();
        }
        List<SnippetEvent> events = shell.eval(source);
        if (!prelude.isMissedBy(events)) {
            return events;
        }
        prelude.complete();
        events.stream()
                .map(SnippetEvent::snippet)
                .filter(snippet -> shell.status(snippet).isActive())
                .forEach(shell::drop);
        return shell.eval(source);
    }

    private @Nullable Object valueOf(Snippet snippet) {
        if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                && snippet instanceof VarSnippet variable) {
            return read(variable);
        }
        boolean named = snippet.subKind() == Snippet.SubKind.VAR_VALUE_SUBKIND
                || snippet.subKind() == Snippet.SubKind.ASSIGNMENT_SUBKIND;
        if (named && snippet instanceof ExpressionSnippet expression) {
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
        return variableNamed(name).map(this::read);
    }

    private Optional<VarSnippet> variableNamed(String name) {
        return SourceVersion.isIdentifier(name)
                ? shell.variables()
                        .filter(variable ->
                                variable.name().equals(name) && shell.status(variable) == Snippet.Status.VALID)
                        .findFirst()
                : Optional.empty();
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
        prelude.complete();
        return shell.sourceCodeAnalysis();
    }

    /** What is imported, {@code java.util.*} or {@code java.util.List}; static imports are left out. */
    public List<String> imports() {
        prelude.complete();
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
    public CellException interrupted() {
        return errors.interrupted();
    }

    /** An error of code that is not a snippet, as a reader of the notebook wants it. */
    public CellException failure(Throwable error) {
        return errors.thrown(error);
    }

    /** Where a thread is: in which cell and line, or the top frame that is not of the JDK. From any thread. */
    public String place(Thread thread) {
        return errors.frames().place(thread.getStackTrace());
    }

    /**
     * What is to be told of the snippets since the last call, besides errors: declarations that use what nobody has defined,
     * variables that lost their value because their type was defined anew. Whole sentences.
     */
    public List<String> takeNotes() {
        return notes.take();
    }

    /** How much errors show. */
    public ErrorMode errorMode() {
        return errors.mode();
    }

    /** Changes how much errors show, from the next one on. */
    public void errorMode(ErrorMode mode) {
        errors.mode(mode);
    }

    @Override
    public void close() {
        files.begin(); // JShell has one thread for the indexes of all sessions
        shell.close();
    }
}
