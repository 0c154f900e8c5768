package org.spdbook.weights.hub;

import java.io.IOException;
import java.time.Duration;
import org.spdbook.weights.hub.HubException.Kind;

/** Tries again after failures that pass, with a wait that doubles each time, until too many come in a row. */
final class Retries {

    /** Failures in a row, of which the last is told. */
    static final int MOST = 6;

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final DownloadContext context;
    private int failures;

    Retries(DownloadContext context) {
        this.context = context;
    }

    /** What may fail. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /** Runs until it succeeds, or fails in a way that does not pass, or too often. */
    <T> T run(Attempt<T> attempt) throws IOException {
        while (true) {
            try {
                return attempt.run();
            } catch (HubException e) {
                if (e.kind() != Kind.PASSING) {
                    throw e;
                }
                failed(e, e.waiting());
            } catch (IOException e) {
                failed(e, Duration.ZERO);
            }
        }
    }

    /** There was progress: the next failure is the first in a row. */
    void succeeded() {
        failures = 0;
    }

    private void failed(IOException failure, Duration asked) throws IOException {
        failures++;
        if (failures >= MOST) {
            throw failure instanceof HubException
                    ? failure
                    : new HubException(
                            Kind.PASSING,
                            "the connection was cut " + failures + " times in a row (" + failure.getMessage()
                                    + "); what has been loaded is kept: give the same command again later");
        }
        Duration wait = FIRST.multipliedBy(1L << (failures - 1));
        wait = asked.compareTo(wait) > 0 ? asked : wait;
        context.progress()
                .waits((failure instanceof HubException ? failure.getMessage() : "the connection was cut")
                        + "; again in " + wait.toSeconds() + " s");
        context.pause(wait);
    }
}
