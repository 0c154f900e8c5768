package org.spdbook.experiment;

/** Told how the packing of pictures goes on. */
public interface PackProgress {

    /**
     * It is about to begin.
     *
     * @param there copies that are there already
     * @param all of them
     * @param needed bytes that the others will take, estimated
     * @param free bytes of the disk
     */
    void begin(int there, int all, long needed, long free);

    /** More copies are there, told from any thread. */
    void packed(int done, int all);
}
