package org.spdbook.kernel.display;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Things that are under way, by what state they are in; none of them is waited for or used up. */
final class StateText {

    private StateText() {}

    static @Nullable DisplayBundle ofStream(Object stream) {
        return PlainText.isOfJdk(stream)
                ? DisplayBundle.text("A stream. It is not shown, as that would use it up: end it, for instance with"
                        + " .toList(), or show its first rows with Display.table(stream).")
                : null;
    }

    static @Nullable DisplayBundle ofIterator(Object iterator) {
        return PlainText.isOfJdk(iterator)
                ? DisplayBundle.text("An iterator (" + TypeName.of(iterator.getClass())
                        + "). It is not shown, as that would use it up.")
                : null;
    }

    static @Nullable DisplayBundle ofThread(Thread thread) {
        return PlainText.isOfJdk(thread)
                ? DisplayBundle.text("Thread " + thread.getName() + " (" + thread.getId() + "): "
                        + thread.getState().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (thread.isDaemon() ? ", daemon" : ""))
                : null;
    }

    static @Nullable DisplayBundle ofProcess(Process process) {
        return PlainText.isOfJdk(process)
                ? DisplayBundle.text("Process " + process.pid() + ": "
                        + (process.isAlive() ? "running" : "ended with exit code " + process.exitValue()))
                : null;
    }

    static @Nullable DisplayBundle ofFuture(Object value, BuiltIn.Context context) {
        if (!PlainText.isOfJdk(value)) {
            return null;
        }
        Future<?> future = (Future<?>) value;
        String name = TypeName.of(value.getClass());
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return DisplayBundle.text(simple + ": " + stateOf(future, context));
    }

    private static String stateOf(Future<?> future, BuiltIn.Context context) {
        if (!future.isDone()) {
            return "not completed";
        }
        if (future.isCancelled()) {
            return "cancelled";
        }
        try {
            return "completed with " + context.text(future.get());
        } catch (ExecutionException e) {
            return "failed with " + context.text(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "completed";
        }
    }

    static DisplayBundle ofResponse(Object value, BuiltIn.Context context) {
        HttpResponse<?> response = (HttpResponse<?>) value;
        Object body = response.body();
        String type = response.headers().firstValue("content-type").orElse("no content type");
        String size = body instanceof CharSequence text
                ? String.format(Locale.ROOT, ", %,d characters", text.length())
                : body instanceof byte[] bytes ? String.format(Locale.ROOT, ", %,d bytes", bytes.length) : "";
        return DisplayBundle.text(
                "HTTP " + response.statusCode() + ", " + type + size + ", from " + context.text(response.uri()));
    }
}
