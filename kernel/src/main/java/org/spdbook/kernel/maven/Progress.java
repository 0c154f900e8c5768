package org.spdbook.kernel.maven;

/** Is told of downloads, from any thread, and can end them. */
public interface Progress {

    /**
     * A part of a file has come.
     *
     * @param file its name
     * @param done bytes of it so far
     * @param total bytes it will have; -1 when that is not known
     */
    void transferred(String file, long done, long total);

    /** A file is complete. */
    void finished(String file, long bytes);

    /** Whether the download shall end. */
    boolean isCancelled();
}
