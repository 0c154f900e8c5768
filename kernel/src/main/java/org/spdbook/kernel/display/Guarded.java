package org.spdbook.kernel.display;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls into code of others that must not cost the result of a cell. */
final class Guarded {

    private static final int MOST_OF_MESSAGE = 300;
    private static final String OF_THE_KERNEL = "org.spdbook.kernel.shell.";

    private Guarded() {}

    /**
     * What a call gives; null when it fails, but for the end of the thread.
     *
     * @param what the subject of the sentence for {@code notes}
     */
    static <T> @Nullable T call(Callable<? extends @Nullable T> work, String what, Consumer<String> notes) {
        try {
            return work.call();
        } catch (Throwable e) {
            if (e instanceof Error error && endsTheCell(error)) {
                throw error;
            }
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            notes.accept(what + " failed with " + name(e) + "; the value is shown without it.");
            return null;
        }
    }

    /** Whether it is how the kernel, or on JDK 17 the JVM, stops a cell. */
    private static boolean endsTheCell(Error error) {
        return error instanceof ThreadDeath || error.getClass().getName().startsWith(OF_THE_KERNEL);
    }

    private static String name(Throwable e) {
        String message;
        try {
            message = e.getMessage();
        } catch (RuntimeException again) {
            message = null;
        }
        String type = TypeName.of(e.getClass());
        if (message == null) {
            return type;
        }
        return type + ": "
                + (message.length() > MOST_OF_MESSAGE ? message.substring(0, MOST_OF_MESSAGE) + "..." : message);
    }
}
