package org.spdbook.kernel.editing;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One source file, parsed and not compiled: its declarations with their documentation comments. */
final class ParsedSource {

    private final String text;
    private final CompilationUnitTree unit;
    private final DocTrees trees;

    /**
     * A declaration.
     *
     * @param comment its documentation, null for none
     * @param code its text without the comment
     * @param parameters with their names, of a method
     */
    record Documented(@Nullable Comment comment, String code, List<String> parameters) {}

    private ParsedSource(String text, CompilationUnitTree unit, DocTrees trees) {
        this.text = text;
        this.unit = unit;
        this.trees = trees;
    }

    /** Parses a source; what it does not understand of it is left out. */
    static Optional<ParsedSource> parse(String text) {
        try {
            JavacTask task = task(text);
            for (CompilationUnitTree unit : task.parse()) {
                return Optional.of(new ParsedSource(text, unit, DocTrees.instance(task)));
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // a source that cannot be read documents nothing
        }
        return Optional.empty();
    }

    /** A run of the compiler on one source, whose errors nobody is told. */
    static JavacTask task(String text) {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        return (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problem -> {}, List.of("-proc:none"), null, List.of(file));
    }

    /**
     * A type of the file.
     *
     * @param names from the outermost one inward
     */
    Optional<Documented> type(List<String> names) {
        return typePath(names).map(path -> declaration(path, List.of()));
    }

    /** A field or constant of a type. */
    Optional<Documented> field(List<String> type, String name) {
        return typePath(type)
                .flatMap(owner -> ((ClassTree) owner.getLeaf())
                        .getMembers().stream()
                                .filter(member -> member instanceof VariableTree field
                                        && field.getName().contentEquals(name))
                                .findFirst()
                                .map(member -> declaration(new TreePath(owner, member), List.of())));
    }

    /**
     * A method of a type.
     *
     * @param name {@code <init>} for a constructor
     * @param parameterTypes as {@link Signature#parameterTypes()} gives them; where they are written otherwise in the source, the only
     *     method with as many is meant
     */
    Optional<Documented> method(List<String> type, String name, List<String> parameterTypes) {
        return typePath(type).flatMap(owner -> {
            List<MethodTree> named = ((ClassTree) owner.getLeaf())
                    .getMembers().stream()
                            .filter(MethodTree.class::isInstance)
                            .map(MethodTree.class::cast)
                            .filter(method -> method.getName().contentEquals(name))
                            .filter(method -> method.getParameters().size() == parameterTypes.size())
                            .toList();
            return named.stream()
                    .filter(method -> types(method).equals(parameterTypes))
                    .findFirst()
                    .or(() -> named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty())
                    .map(method -> declaration(new TreePath(owner, method), parameters(method)));
        });
    }

    private static List<String> types(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> Signature.simple(parameter.getType().toString()))
                .toList();
    }

    private static List<String> parameters(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> parameter.toString().replaceAll("@[\\w.]+(\\([^)]*\\))?\\s+|\\bfinal\\s+", ""))
                .toList();
    }

    private Optional<TreePath> typePath(List<String> names) {
        TreePath path = new TreePath(unit);
        List<? extends Tree> members = unit.getTypeDecls();
        for (String name : names) {
            Optional<? extends Tree> next = members.stream()
                    .filter(one -> one instanceof ClassTree type
                            && type.getSimpleName().contentEquals(name))
                    .findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            path = new TreePath(path, next.get());
            members = ((ClassTree) next.get()).getMembers();
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(path);
    }

    private Documented declaration(TreePath path, List<String> parameters) {
        long start = trees.getSourcePositions().getStartPosition(unit, path.getLeaf());
        long end = trees.getSourcePositions().getEndPosition(unit, path.getLeaf());
        String code = start < 0 || end < start ? "" : text.substring((int) start, (int) end);
        DocCommentTree comment = trees.getDocCommentTree(path);
        return new Documented(comment == null ? null : new DocText(comment), code, parameters);
    }
}
