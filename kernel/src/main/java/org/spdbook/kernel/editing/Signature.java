package org.spdbook.kernel.editing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A signature as JShell writes it, taken apart.
 *
 * @param text the whole, as it is shown
 * @param kind what it is of
 * @param owner the type that declares a member, or the type itself, without type parameters, as short as the imports allow; empty for
 *     what stands in a cell
 * @param name of the member; of a constructor that of its type; empty for a type
 * @param parameters of a method as written, with their names where they are known
 * @param type of a variable; else empty
 */
record Signature(String text, Kind kind, String owner, String name, List<String> parameters, String type) {

    /** What a signature is of. */
    enum Kind {
        METHOD,
        CONSTRUCTOR,
        VARIABLE,
        TYPE
    }

    /** The newest JDKs write a record with its components, also before a dot or its constructor's own parameters. */
    private static final Pattern RECORD_HEADER = Pattern.compile("\\([^()]*\\)(?=[.(])");

    private static final Pattern NAME = Pattern.compile("[\\w$]+");

    /** Takes apart a signature. */
    static Signature parse(String signature) {
        String text = RECORD_HEADER
                .matcher(signature)
                .replaceAll("")
                .replace(" extends Object>", ">")
                .replace(" extends Object,", ",");
        int parenthesis = text.indexOf('(');
        if (parenthesis >= 0) {
            return method(text, parenthesis);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Signature(text, Kind.TYPE, erased(text), "", List.of(), "");
        }
        String path = erased(text.substring(0, colon));
        int dot = path.lastIndexOf('.');
        return new Signature(
                text,
                Kind.VARIABLE,
                path.substring(0, Math.max(0, dot)),
                path.substring(dot + 1),
                List.of(),
                text.substring(colon + 1));
    }

    /** The signature of a type, which may carry the components of a record. */
    static Signature ofType(String signature) {
        return parse(signature.replaceFirst("\\([^()]*\\)$", ""));
    }

    private static Signature method(String text, int parenthesis) {
        String head = erased(text.substring(0, parenthesis)).strip();
        String path = head.substring(head.lastIndexOf(' ') + 1);
        int dot = path.lastIndexOf('.');
        int end = text.indexOf(')', parenthesis);
        List<String> parameters = split(text.substring(parenthesis + 1, end < 0 ? text.length() : end));
        boolean constructor = head.indexOf(' ') < 0;
        return new Signature(
                text,
                constructor ? Kind.CONSTRUCTOR : Kind.METHOD,
                constructor ? path : path.substring(0, Math.max(0, dot)),
                path.substring(dot + 1),
                parameters,
                "");
    }

    /** The parameters in parentheses. */
    String parameterText() {
        return "(" + String.join(", ", parameters) + ")";
    }

    /** The types of the parameters without packages, type arguments and names, to be compared with those of a source. */
    List<String> parameterTypes() {
        return parameters.stream()
                .map(Signature::erased)
                .map(parameter -> parameter.strip().split("\\s+")[0])
                .map(Signature::simple)
                .toList();
    }

    /** A type without annotations, type arguments and packages. */
    static String simple(String type) {
        String plain = erased(type).replaceAll("@[\\w.]+(\\([^)]*\\))?\\s*", "").strip();
        String array = plain.replace("...", "[]").replaceAll("\\s", "");
        int brackets = array.indexOf('[');
        String name = brackets < 0 ? array : array.substring(0, brackets);
        return name.substring(name.lastIndexOf('.') + 1) + (brackets < 0 ? "" : array.substring(brackets));
    }

    /** A text without what is in angle brackets. */
    static String erased(String text) {
        StringBuilder kept = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '<' ? 1 : 0;
            if (depth == 0) {
                kept.append(c);
            }
            depth -= c == '>' ? 1 : 0;
        }
        return kept.toString();
    }

    /** Parts between commas that are in no angle bracket. */
    private static List<String> split(String parameters) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < parameters.length(); i++) {
            char c = parameters.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(parameters.substring(start, i).strip());
                start = i + 1;
            }
        }
        String last = parameters.substring(start).strip();
        if (NAME.matcher(last).find()) {
            parts.add(last);
        }
        return parts;
    }
}
