package org.spdbook.weights.hub;

/** Told how a download goes on, on the thread that loads; must return soon. */
@FunctionalInterface
public interface DownloadProgress {

    /** Tells nobody. */
    DownloadProgress SILENT = (done, size) -> {};

    /**
     * Bytes have come.
     *
     * @param done bytes there are now; at the end as many as {@code size}
     * @param size bytes of the whole file
     */
    void loaded(long done, long size);

    /**
     * A file is about to be loaded, to go on, or to be begun anew.
     *
     * @param name of the file
     * @param done bytes there are already
     * @param size bytes of the whole file
     */
    default void begin(String name, long done, long size) {}

    /** It waits before it goes on. why: one clause, such as {@code the connection was cut; again in 2 s} */
    default void waits(String why) {}
}
