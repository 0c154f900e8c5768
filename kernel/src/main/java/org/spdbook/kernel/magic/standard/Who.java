package org.spdbook.kernel.magic.standard;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.shell.Declaration;

/** {@code %who}: what the notebook has declared, with types and short values. */
public final class Who extends StandardMagic {

    private static final int SHOWN = 60;

    /** Made by ServiceLoader. */
    public Who() {
        super(Usage.of("who", "%who [TYPE]", "lists variables with their values, methods and types")
                .notes(
                        "With a TYPE only the variables declared with it or holding an instance of it, by its simple or full name,\n"
                                + "without type parameters: %who List"));
    }

    @Override
    public DisplayBundle run(MagicCall call) {
        Given given = usage().read(call.arguments());
        String type = given.words().isEmpty() ? null : given.only();
        Session session = call.session();
        List<List<String>> rows = session.declarations().stream()
                .filter(declared -> type == null || isOfType(declared, type, session))
                .map(declared -> List.of(declared.name(), declared.type(), value(declared, session)))
                .toList();
        return table(
                List.of("name", "type", "value"),
                rows,
                type == null ? "nothing is declared yet" : "no variable is of type " + type);
    }

    private static boolean isOfType(Declaration declared, String type, Session session) {
        if (declared.kind() != Declaration.Kind.VARIABLE) {
            return false;
        }
        String raw = declared.type().replaceFirst("<.*", "");
        return isNamed(raw, type)
                || session.variable(declared.name())
                        .map(Object::getClass)
                        .filter(found -> isInstance(found, type))
                        .isPresent();
    }

    private static boolean isInstance(@Nullable Class<?> found, String type) {
        if (found == null) {
            return false;
        }
        if (found != Object.class
                && (isNamed(found.getCanonicalName(), type) || isInstance(found.getSuperclass(), type))) {
            return true;
        }
        for (Class<?> one : found.getInterfaces()) {
            if (isInstance(one, type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamed(@Nullable String full, String type) {
        return full != null && (full.equals(type) || full.endsWith("." + type));
    }

    private static String value(Declaration declared, Session session) {
        return switch (declared.kind()) {
            case METHOD -> "method";
            case TYPE -> "";
            case VARIABLE -> session.variable(declared.name()).map(Who::text).orElse("null");
        };
    }

    /** A short text of a value; of a container how much it holds, since its own text may be huge. */
    static String text(Object value) {
        if (value.getClass().isArray()) {
            return value.getClass().getComponentType().getSimpleName() + "[" + Array.getLength(value) + "]";
        }
        try {
            if (value instanceof Collection<?> all) {
                return value.getClass().getSimpleName() + " of " + all.size();
            }
            if (value instanceof Map<?, ?> all) {
                return value.getClass().getSimpleName() + " of " + all.size();
            }
            String text = value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value);
            String line = text.length() > SHOWN ? text.substring(0, SHOWN - 3) + "..." : text;
            return line.replace("\n", "\\n").replace("\r", "\\r");
        } catch (RuntimeException e) {
            return "its text fails: " + e.getClass().getSimpleName();
        }
    }
}
