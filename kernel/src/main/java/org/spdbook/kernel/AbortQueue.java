package org.spdbook.kernel;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.protocol.Request;

/**
 * Which cells do not run because one before them failed: those that waited when it did, and those that were on their way. A request
 * was on its way if it comes within {@link #WINDOW} and its front-end dated it before the error, by the front-end's own clock; a
 * cell that is sent in answer to the error therefore runs. Used by the thread of the shell channel.
 */
final class AbortQueue {

    private static final Duration WINDOW = Duration.ofMillis(100);

    private final Runnable readAhead;
    private @Nullable Failure failure;

    /**
     * A cell that failed.
     *
     * @param end when
     * @param session of its front-end
     * @param endThere the same moment by the front-end's clock, or somewhat earlier; empty when it dates nothing
     */
    private record Failure(Instant end, String session, Optional<Instant> endThere) {}

    /**
     * A queue of nothing.
     *
     * @param readAhead reads the requests that wait, so that each has its time of arrival
     */
    AbortQueue(Runnable readAhead) {
        this.readAhead = readAhead;
    }

    /** A cell failed; before its reply is sent. */
    void begin(Request failed) {
        if (!failed.message().flag("stop_on_error", true)) {
            return;
        }
        readAhead.run();
        Instant end = Instant.now();
        Duration sinceArrival = Duration.between(failed.arrival(), end);
        failure = new Failure(end, session(failed), date(failed).map(sent -> sent.plus(sinceArrival)));
    }

    /** Whether this execute request is not to run. */
    boolean covers(Request request) {
        Failure last = failure;
        if (last == null || request.arrival().isAfter(last.end().plus(WINDOW))) {
            failure = null;
            return false;
        }
        if (!request.arrival().isAfter(last.end())) {
            return true;
        }
        return session(request).equals(last.session())
                && last.endThere()
                        .flatMap(end -> date(request).map(sent -> sent.isBefore(end)))
                        .orElse(false);
    }

    private static String session(Request request) {
        return request.parent().get("session").getAsString();
    }

    private static Optional<Instant> date(Request request) {
        JsonObject header = request.parent();
        try {
            TemporalAccessor date =
                    DateTimeFormatter.ISO_DATE_TIME.parse(header.get("date").getAsString());
            return Optional.of(Instant.from(date));
        } catch (RuntimeException e) { // missing, no string, no date, no zone
            return Optional.empty();
        }
    }
}
