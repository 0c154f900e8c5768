package org.spdbook.kernel.display;

import java.net.URI;
import java.net.URL;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How types of the JDK are shown. Found by name, so that for instance no class of AWT is loaded before there is a picture. */
final class BuiltIn {

    /** Shows a value of one type; null leaves it to its supertypes and then to its text. */
    private interface Show {
        @Nullable
        DisplayBundle bundle(Object value, Context context);
    }

    /** What showing may need. */
    record Context(Renderers renderers, Consumer<String> notes) {

        String text(@Nullable Object value) {
            return PlainText.of(value, notes);
        }
    }

    private static final Map<String, Show> BY_NAME = Map.ofEntries(
            Map.entry("java.awt.Image", (value, context) -> ImageRenderer.bundle(value)),
            Map.entry("java.awt.image.RenderedImage", (value, context) -> ImageRenderer.bundle(value)),
            Map.entry("java.lang.Record", (value, context) -> RecordTables.ofOne((Record) value, context)),
            Map.entry("java.util.Collection", (value, context) -> RecordTables.of((Collection<?>) value, context)),
            Map.entry("java.util.Map", (value, context) -> RecordTables.ofMap((Map<?, ?>) value, context)),
            Map.entry("java.util.Optional", (value, context) -> optional((Optional<?>) value, context)),
            Map.entry("java.net.URI", (value, context) -> link(value, ((URI) value).getScheme())),
            Map.entry("java.net.URL", (value, context) -> link(value, ((URL) value).getProtocol())),
            Map.entry("java.lang.Throwable", (value, context) -> ThrowableText.bundle((Throwable) value)),
            Map.entry("java.lang.Class", (value, context) -> DisplayBundle.text(TypeName.clean(value.toString()))),
            Map.entry("java.util.stream.BaseStream", (value, context) -> StateText.ofStream(value)),
            Map.entry("java.util.Iterator", (value, context) -> StateText.ofIterator(value)),
            Map.entry("java.lang.Thread", (value, context) -> StateText.ofThread((Thread) value)),
            Map.entry("java.lang.Process", (value, context) -> StateText.ofProcess((Process) value)),
            Map.entry("java.util.concurrent.Future", StateText::ofFuture),
            Map.entry("java.net.http.HttpResponse", StateText::ofResponse));

    private BuiltIn() {}

    /** The bundle of a value whose type is known here, or null. */
    static @Nullable DisplayBundle bundle(Object value, Renderers renderers, Consumer<String> notes) {
        var context = new Context(renderers, notes);
        if (value instanceof Object[] array) {
            return RecordTables.of(Arrays.asList(array), context);
        }
        for (Class<?> type : Supertypes.of(value.getClass())) {
            Show show = BY_NAME.get(type.getName());
            DisplayBundle bundle = show == null ? null : show.bundle(value, context);
            if (bundle != null) {
                return bundle;
            }
        }
        return null;
    }

    /** As its content is shown, when that has more to it than text. */
    private static @Nullable DisplayBundle optional(Optional<?> value, Context context) {
        if (value.isEmpty()) {
            return null;
        }
        DisplayBundle content = context.renderers().bundle(value.get(), context.notes());
        return content.with(DisplayBundle.PLAIN, "Optional[" + content.plain() + "]");
    }

    private static @Nullable DisplayBundle link(Object address, @Nullable String scheme) {
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            return null;
        }
        String text = address.toString();
        String escaped = Html.escape(text);
        return DisplayBundle.text(text)
                .with(
                        DisplayBundle.HTML,
                        "<a href=\"" + escaped + "\" target=\"_blank\" rel=\"noopener noreferrer\">" + escaped
                                + "</a>");
    }
}
