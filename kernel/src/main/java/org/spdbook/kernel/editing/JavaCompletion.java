package org.spdbook.kernel.editing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.spdbook.kernel.shell.Declaration;
import org.spdbook.kernel.shell.JavaShell;

/**
 * Names that can stand at the end of a piece of Java. First what fits the type that is expected there, then what the user declared,
 * then the rest, the methods of every object last; then keywords, and classes that are not imported, with their package.
 */
final class JavaCompletion {

    private static final Pattern WORD = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*$");
    private static final Pattern MEMBER = Pattern.compile("(\\.|::)\\s*$");
    private static final Pattern TYPE_ONLY =
            Pattern.compile("(\\b(new|import|extends|implements|throws|package)\\s+|@)$");
    private static final List<String> OF_EVERY_OBJECT =
            List.of("equals(", "getClass()", "hashCode()", "notify()", "notifyAll()", "toString()", "wait()", "wait(");
    private static final List<String> KEYWORDS = List.of(
            ("abstract assert boolean break byte case catch char class continue default do double else enum extends false final"
                            + " finally float for if implements import instanceof int interface long new null private protected"
                            + " public record return sealed short static super switch synchronized this throw throws true try"
                            + " var void volatile while yield")
                    .split(" "));
    private static final int IMPORTABLE = 50;
    private static final int SIGNATURES = 4;
    private static final int SHORTEST_CLASS = 2;

    private final JavaShell shell;
    private final ClassNames names;

    JavaCompletion(JavaShell shell) {
        this.shell = shell;
        this.names = new ClassNames(shell.classes());
    }

    /** A name with what is known of its place in the order. */
    private record Ranked(Candidate candidate, boolean fits, boolean own) {
        int group() {
            return OF_EVERY_OBJECT.contains(candidate.text()) ? 3 : fits ? 0 : own ? 1 : 2;
        }
    }

    /**
     * What is known of the code before the word that is being typed.
     *
     * @param lead all before the word
     * @param word perhaps empty
     * @param member whether the word follows a dot or a double colon
     * @param typeOnly whether only a type can stand there
     * @param own what cells and the code declared, methods and types too
     */
    private record Typing(String lead, String word, boolean member, boolean typeOnly, Set<String> own, NameKind kind) {}

    /**
     * The names, each once, that replace the word at the end.
     *
     * @param before declarations that the source may use
     */
    List<Candidate> complete(String before, String source) {
        Typing typing = typing(before + source, wordAtEnd(source));
        List<Candidate> all = new ArrayList<>(named(typing));
        if (typing.member() || typing.word().isEmpty()) {
            return all;
        }
        if (!typing.typeOnly()) {
            Set<String> known = all.stream().map(Candidate::text).collect(Collectors.toSet());
            KEYWORDS.stream()
                    .filter(keyword -> keyword.startsWith(typing.word()) && !known.contains(keyword))
                    .map(keyword -> new Candidate(keyword, "keyword"))
                    .forEach(all::add);
        }
        all.addAll(importable(typing, all));
        return all;
    }

    /** The name, perhaps unfinished, at the end of a source; empty for none. */
    static String wordAtEnd(String source) {
        Matcher word = WORD.matcher(source);
        return word.find() ? word.group() : "";
    }

    /** Whether a text is a name of Java and no keyword. */
    static boolean isName(String text) {
        return SourceVersion.isIdentifier(text) && !SourceVersion.isKeyword(text);
    }

    private Typing typing(String code, String word) {
        String lead = code.substring(0, code.length() - word.length());
        Set<String> own = new HashSet<>(LocalNames.at(lead));
        Set<String> variables = new HashSet<>(own);
        for (Declaration one : shell.declarations()) {
            own.add(one.name());
            if (one.kind() == Declaration.Kind.VARIABLE) {
                variables.add(one.name());
            }
        }
        boolean member = MEMBER.matcher(lead).find();
        boolean typeOnly = TYPE_ONLY.matcher(lead).find();
        return new Typing(lead, word, member, typeOnly, own, new NameKind(lead, variables));
    }

    /** What JShell suggests, and the local variables, which it does not. */
    private List<Candidate> named(Typing typing) {
        Map<String, Boolean> fits = new LinkedHashMap<>();
        String code = typing.lead() + typing.word();
        for (Suggestion one : shell.analysis().completionSuggestions(code, code.length(), new int[1])) {
            if (!one.continuation().contains("$")) {
                fits.merge(one.continuation(), one.matchesType(), Boolean::logicalOr);
            }
        }
        fits.keySet().removeIf(text -> text.endsWith("()") && fits.containsKey(text.substring(0, text.length() - 1)));
        boolean choice = fits.containsValue(false); // where everything fits, nothing is expected
        if (!typing.member() && !typing.typeOnly()) {
            typing.kind().variables().stream()
                    .filter(name -> name.startsWith(typing.word()))
                    .forEach(name -> fits.putIfAbsent(name, false));
        }
        List<Candidate> sorted = fits.entrySet().stream()
                .map(one -> new Ranked(
                        new Candidate(one.getKey(), typing.kind().of(one.getKey())),
                        choice && one.getValue(),
                        !typing.member() && typing.own().contains(plain(one.getKey()))))
                .sorted(Comparator.comparingInt(Ranked::group)
                        .thenComparing(one -> one.candidate().text()))
                .map(Ranked::candidate)
                .toList();
        return withSignatures(sorted, typing.lead());
    }

    /** Adds the parameters of methods when they are few enough to be looked up while one types. */
    private List<Candidate> withSignatures(List<Candidate> all, String lead) {
        if (all.stream().filter(one -> one.text().endsWith("(")).count() > SIGNATURES) {
            return all;
        }
        return all.stream()
                .map(one -> one.text().endsWith("(")
                        ? new Candidate(one.text(), one.type(), parameters(lead + one.text()))
                        : one)
                .toList();
    }

    private String parameters(String call) {
        return shell.analysis().documentation(call, call.length(), false).stream()
                .map(SourceCodeAnalysis.Documentation::signature)
                .map(Signature::parse)
                .map(Signature::parameterText)
                .distinct()
                .sorted(Comparator.comparingInt(String::length))
                .collect(Collectors.joining(" "));
    }

    private static String plain(String text) {
        int parenthesis = text.indexOf('(');
        return parenthesis < 0 ? text : text.substring(0, parenthesis);
    }

    /** Classes that are not imported; those that are have come already. */
    private List<Candidate> importable(Typing typing, List<Candidate> known) {
        String word = typing.word();
        if (word.length() < SHORTEST_CLASS
                || !Character.isUpperCase(word.charAt(0))
                || typing.lead().endsWith("@")) {
            return List.of();
        }
        Set<String> simple = known.stream().map(one -> plain(one.text())).collect(Collectors.toSet());
        return names.startingWith(word, IMPORTABLE).stream()
                .filter(name -> !simple.contains(name.substring(name.lastIndexOf('.') + 1)))
                .map(name -> new Candidate(name, "class"))
                .toList();
    }
}
