package org.spdbook.kernel.display;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An exception that is a value and was not thrown at the reader: its first frames as text, the whole trace to unfold. */
final class ThrowableText {

    private static final int FRAMES = 8;
    private static final List<String> NOT_OF_THE_USER = List.of(
            "org.spdbook.kernel.", "jdk.jshell.", "jdk.internal.reflect.", "java.lang.reflect.", "java.lang.Thread.");

    private ThrowableText() {}

    static DisplayBundle bundle(Throwable thrown) {
        List<String> all = trace(thrown, Integer.MAX_VALUE);
        String html = "<details><summary><code style=\"background:none;color:inherit\">" + Html.escape(all.get(0))
                + "</code></summary><pre>" + Html.escape(String.join("\n", all)) + "</pre></details>";
        return DisplayBundle.text(String.join("\n", trace(thrown, FRAMES))).with(DisplayBundle.HTML, html);
    }

    private static List<String> trace(Throwable thrown, int frames) {
        List<String> lines = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        String lead = "";
        for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
            lines.add(lead + TypeName.clean(each.toString()));
            frames(each).limit(frames).forEach(lines::add);
            lead = "Caused by: ";
        }
        return lines;
    }

    private static Stream<String> frames(Throwable thrown) {
        return Stream.of(thrown.getStackTrace()).map(ThrowableText::frame).<String>mapMulti((frame, next) -> {
            if (frame != null) {
                next.accept("    at " + frame);
            }
        });
    }

    /** A frame of the user's own code or of a library, null for one of the kernel. */
    private static @Nullable String frame(StackTraceElement frame) {
        String text = frame.getClassName() + "." + frame.getMethodName();
        if (NOT_OF_THE_USER.stream().anyMatch(text::startsWith)) {
            return null;
        }
        if (!text.startsWith("REPL.")) {
            return frame.toString();
        }
        return frame.getMethodName().startsWith("do_it$") ? "the cell" : TypeName.clean(text) + " (cell)";
    }
}
