package org.spdbook.kernel.editing;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of Java declares for itself: the local variables and parameters that are visible at its end, which JShell leaves out, and
 * the declarations that a later piece may use.
 */
final class LocalNames extends TreePathScanner<@Nullable Void, Set<String>> {

    /** A piece that begins with the head of a method is a member of a class, any other stands in a body. */
    private static final Pattern METHOD = Pattern.compile(
            "^\\s*(?![\\w\\s]*\\brecord\\s)(?!new\\b|return\\b|else\\b|throw\\b)[\\w<>\\[\\],.?@\\s]*[\\w>\\]]\\s+\\w+\\s*\\([^()]*\\)[\\w.,\\s]*\\{");

    private static final String BODY = "class Cell { void cell() { ";
    private static final String MARK = "$cursor";

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final long cursor;

    private LocalNames(CompilationUnitTree unit, SourcePositions positions, long cursor) {
        this.unit = unit;
        this.positions = positions;
        this.cursor = cursor;
    }

    /** The names, in the order of declaration; of code that is too broken to be understood, perhaps none. */
    static Set<String> at(String code) {
        Set<String> names = new LinkedHashSet<>();
        collect(isMethod(code) ? "class Cell { " : BODY, code, names);
        return names;
    }

    /** Whether a piece of Java declares a method. */
    static boolean isMethod(String code) {
        return METHOD.matcher(code).find();
    }

    /** The declarations of variables and types among statements, in order, each on lines of its own; empty for none. */
    static String declarations(String statements) {
        StringBuilder found = new StringBuilder();
        String code = BODY + statements + "}}";
        try {
            JavacTask task = ParsedSource.task(code);
            for (CompilationUnitTree unit : task.parse()) {
                var positions = Trees.instance(task).getSourcePositions();
                MethodTree body = (MethodTree)
                        ((ClassTree) unit.getTypeDecls().get(0)).getMembers().get(0);
                for (StatementTree one : body.getBody().getStatements()) {
                    if (one instanceof VariableTree || one instanceof ClassTree) {
                        int start = (int) positions.getStartPosition(unit, one);
                        int end = (int) positions.getEndPosition(unit, one);
                        found.append(code, start, end).append('\n');
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            return ""; // nothing is known then
        }
        return found.toString();
    }

    private static void collect(String head, String code, Set<String> names) {
        try {
            JavacTask task = ParsedSource.task(head + code + MARK);
            for (CompilationUnitTree unit : task.parse()) {
                var positions = Trees.instance(task).getSourcePositions();
                new LocalNames(unit, positions, head.length() + (long) code.length()).scan(unit, names);
            }
        } catch (IOException | RuntimeException e) {
            return; // nothing is known then
        }
    }

    @Override
    public @Nullable Void visitVariable(VariableTree node, Set<String> names) {
        Tree scope = scope(getCurrentPath());
        String name = node.getName().toString();
        if (!(scope instanceof ClassTree) && isBefore(node) && around(scope) && JavaCompletion.isName(name)) {
            names.add(name);
        }
        return super.visitVariable(node, names);
    }

    /** What a variable is declared in; the variable of a pattern is known in the whole statement. */
    private static Tree scope(TreePath variable) {
        TreePath parent = variable.getParentPath();
        boolean pattern = parent.getLeaf() instanceof BindingPatternTree;
        while (pattern && !(parent.getLeaf() instanceof StatementTree)) {
            parent = parent.getParentPath();
        }
        return parent.getLeaf() instanceof TryTree guarded ? guarded.getBlock() : parent.getLeaf();
    }

    private boolean isBefore(Tree node) {
        long end = positions.getEndPosition(unit, node);
        return end >= 0 && end <= cursor;
    }

    private boolean around(Tree scope) {
        long end = positions.getEndPosition(unit, scope);
        return end < 0 || end > cursor;
    }
}
