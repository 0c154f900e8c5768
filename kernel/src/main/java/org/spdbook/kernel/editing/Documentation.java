package org.spdbook.kernel.editing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spdbook.kernel.editing.ParsedSource.Documented;
import org.spdbook.kernel.shell.Declaration;
import org.spdbook.kernel.shell.JavaShell;

/**
 * Finds the source and with it the documentation of what a signature names: of the cells, of the JDK and of jars whose sources or
 * javadoc are beside them. A method without a comment of its own has that of the method it overrides. Used by one thread at a time.
 */
final class Documentation {

    private static final int KEPT = 16;

    private final JavaShell shell;
    private final TypeNames types;
    private final SourceFiles files = new SourceFiles();
    private final Map<Class<?>, Optional<ParsedSource>> parsed = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Class<?>, Optional<ParsedSource>> eldest) {
            return size() > KEPT;
        }
    };

    Documentation(JavaShell shell) {
        this.shell = shell;
        this.types = new TypeNames(shell);
    }

    /** The declaration that a signature names, with the comment that documents it; empty where there is no source. */
    Optional<Documented> of(Signature signature) {
        Optional<Documented> own = ofCell(signature);
        if (own.isPresent() || signature.owner().isEmpty()) {
            return own;
        }
        return types.find(signature.owner())
                .flatMap(type -> of(signature, type))
                .or(() -> constant(signature));
    }

    /** A constant of an enum is written like a type. */
    private Optional<Documented> constant(Signature signature) {
        int dot = signature.owner().lastIndexOf('.');
        if (signature.kind() != Signature.Kind.TYPE || dot < 0) {
            return Optional.empty();
        }
        String name = signature.owner().substring(dot + 1);
        return types.find(signature.owner().substring(0, dot))
                .flatMap(type -> source(type).flatMap(source -> source.field(names(type), name)));
    }

    /** The word before the name of a type, with a space; empty for a package and for a type of a cell. */
    String kind(Signature type) {
        return types.find(type.owner())
                .map(found -> found.isAnnotation()
                        ? "@interface "
                        : found.isInterface()
                                ? "interface "
                                : found.isEnum() ? "enum " : found.isRecord() ? "record " : "class ")
                .orElse("");
    }

    private Optional<Documented> ofCell(Signature signature) {
        String outer = signature.owner().split("\\.", 2)[0];
        boolean member = !outer.isEmpty();
        Declaration.Kind kind = member ? Declaration.Kind.TYPE : Declaration.Kind.METHOD;
        String name = member ? outer : signature.name();
        return shell.declarations().stream()
                .filter(one -> one.kind() == kind && one.name().equals(name))
                .reduce((first, second) -> second)
                .flatMap(one -> ParsedSource.parse(member ? one.source() : "class Cell {" + one.source() + "}"))
                .flatMap(source -> member
                        ? find(source, signature, List.of(signature.owner().split("\\.")))
                        : source.method(List.of("Cell"), signature.name(), signature.parameterTypes()));
    }

    private Optional<Documented> of(Signature signature, Class<?> type) {
        Optional<Documented> found = source(type)
                .flatMap(source -> find(source, signature, names(type)))
                .or(() -> files.page(type)
                        .flatMap(page -> DocPage.of(page, signature))
                        .map(comment -> new Documented(comment, "", List.of())));
        if (signature.kind() != Signature.Kind.METHOD
                || found.map(Documentation::speaks).orElse(false)) {
            return found;
        }
        Optional<Comment> inherited = supers(type).stream()
                .flatMap(above -> of(signature, above).stream())
                .map(Documented::comment)
                .filter(comment -> comment != null)
                .findFirst();
        return found.map(one -> inherited
                        .map(comment -> new Documented(comment, one.code(), one.parameters()))
                        .orElse(one))
                .or(() -> inherited.map(comment -> new Documented(comment, "", List.of())));
    }

    private static boolean speaks(Documented declaration) {
        Comment comment = declaration.comment();
        return comment != null && !comment.isInherited();
    }

    private static List<Class<?>> supers(Class<?> type) {
        List<Class<?>> all = new ArrayList<>();
        Class<?> above = type.getSuperclass();
        if (above != null && above != Object.class) {
            all.add(above);
        }
        all.addAll(List.of(type.getInterfaces()));
        if (above == Object.class || type.isInterface()) {
            all.add(Object.class);
        }
        return all;
    }

    private Optional<ParsedSource> source(Class<?> type) {
        return parsed.computeIfAbsent(
                SourceFiles.outermost(type), outer -> files.of(outer).flatMap(ParsedSource::parse));
    }

    private static Optional<Documented> find(ParsedSource source, Signature signature, List<String> owner) {
        return switch (signature.kind()) {
            case TYPE -> source.type(owner);
            case VARIABLE -> source.field(owner, signature.name());
            case METHOD -> source.method(owner, signature.name(), signature.parameterTypes());
            case CONSTRUCTOR -> source.method(owner, "<init>", signature.parameterTypes());
        };
    }

    private static List<String> names(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Class<?> one = type; one != null; one = one.getEnclosingClass()) {
            names.add(0, one.getSimpleName());
        }
        return names;
    }
}
