package org.spdbook.weights.hub;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, and stops waiting when asked to. */
@FunctionalInterface
interface Pause {

    /** By the clock. */
    Pause REAL = (time, cancelled) -> {
        long end = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
                if (cancelled.getAsBoolean()) {
                    throw new CancelledDownloadException("the download");
                }
                Thread.sleep(Math.min(ByteQueue.GLANCE.toMillis(), left / 1_000_000 + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledDownloadException("the download");
        }
    };

    /**
     * Returns after a time.
     *
     * @throws CancelledDownloadException when asked to stop
     */
    void pause(Duration time, BooleanSupplier cancelled);
}
