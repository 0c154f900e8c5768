package org.spdbook.kernel.protocol;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that messages were dropped and why, at most once a second, so that a flood of them fills no disk. Never what was
 * in them. Safe for any thread.
 */
final class DropLog {

    private static final Logger LOG = LoggerFactory.getLogger(DropLog.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long saidAt = System.nanoTime() - PERIOD_NANOS;
    private long unsaid;

    synchronized void dropped(BadMessageException reason) {
        unsaid++;
        long now = System.nanoTime();
        if (now - saidAt >= PERIOD_NANOS) {
            LOG.warn("dropped {} since the last such line; the latest: {}", count(), reason.getMessage());
            saidAt = now;
            unsaid = 0;
        }
    }

    private String count() {
        return unsaid == 1 ? "a message" : unsaid + " messages";
    }
}
