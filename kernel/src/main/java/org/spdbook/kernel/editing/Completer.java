package org.spdbook.kernel.editing;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.spdbook.kernel.editing.LexicalState.Kind;
import org.spdbook.kernel.magic.FileCompletion;
import org.spdbook.kernel.magic.Magic;
import org.spdbook.kernel.magic.Magic.Completion;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.magic.TypedLine;
import org.spdbook.kernel.shell.JavaShell;

/**
 * What can stand at the cursor: Java, magics with their arguments, and names of files inside string literals. Half-written code is the
 * usual case and never an error. Used by one thread at a time.
 */
public final class Completer {

    private static final int MOST = 500;

    private final JavaShell shell;
    private final Magics magics;
    private final JavaCompletion java;
    private final Supplier<Path> folder;

    /**
     * The completions of a place.
     *
     * @param candidates best first, each text once
     * @param start UTF-16 offset from which a candidate replaces, up to the cursor
     */
    public record Completions(List<Candidate> candidates, int start) {}

    /**
     * A completer of a session.
     *
     * @param folder where relative paths of magics begin now
     */
    public Completer(JavaShell shell, Magics magics, Supplier<Path> folder) {
        this.folder = folder;
        this.shell = shell;
        this.magics = magics;
        this.java = new JavaCompletion(shell);
    }

    /**
     * The completions, at most 500.
     *
     * @param cursor UTF-16 offset
     */
    public Completions complete(String cell, int cursor) {
        Place place = Place.of(cell, cursor, shell);
        if (place.magic()) {
            return ofMagic(place.source(), cursor);
        }
        return ofJava(place, cursor);
    }

    private Completions ofJava(Place place, int cursor) {
        LexicalState state = LexicalState.at(place.source());
        if (state.kind() == Kind.STRING) {
            String typed = place.source().substring(state.start());
            // Java's own relative paths begin where the process was started
            List<Completion> files = FileCompletion.complete(Path.of("").toAbsolutePath(), typed);
            return named(files, cursor - typed.length(), text -> text.indexOf('"') < 0 && text.indexOf('\\') < 0);
        }
        if (state.kind() != Kind.CODE) {
            return new Completions(List.of(), cursor);
        }
        List<Candidate> found = java.complete(place.before(), place.source());
        return new Completions(
                limited(found),
                cursor - JavaCompletion.wordAtEnd(place.source()).length());
    }

    private Completions ofMagic(String source, int cursor) {
        TypedLine line = TypedLine.of(source);
        int sign = source.startsWith("%%") ? 2 : 1;
        String name = source.substring(sign).split("\\s", 2)[0];
        boolean named = source.length() > sign + name.length();
        boolean body = sign == 2 && source.indexOf('\n') >= 0;
        String typed = line.words().get(line.words().size() - 1);
        if (named && magics.find(name).filter(Magic::takesJava).isPresent() && (body || !typed.startsWith("-"))) {
            String java = source.substring(body ? source.indexOf('\n') + 1 : sign + name.length() + 1);
            return ofJava(Place.of(java, java.length(), shell), cursor);
        }
        if (body) {
            return new Completions(List.of(), cursor); // in a language that is not known here
        }
        int start = cursor - source.length() + (named ? line.start() : sign);
        List<Completion> found = magics.complete(source, folder.get()).stream()
                .map(one -> one.type().equals("file")
                        ? new Completion(line.quoted(one.text(), one.text().endsWith("/")), one.type())
                        : one)
                .toList();
        return named(found, start, text -> true);
    }

    private static Completions named(List<Completion> found, int start, Predicate<String> wanted) {
        return new Completions(
                limited(found.stream()
                        .filter(one -> wanted.test(one.text()))
                        .map(one -> new Candidate(one.text(), one.type()))
                        .toList()),
                start);
    }

    private static List<Candidate> limited(List<Candidate> found) {
        return found.stream().distinct().limit(MOST).toList();
    }
}
