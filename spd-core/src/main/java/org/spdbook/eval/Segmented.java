package org.spdbook.eval;

import org.spdbook.data.Pixels;

/** A test set whose examples are pictures with a class for each pixel. Used on the thread that owns the model. */
public interface Segmented extends TestSet {

    /** Example i as it is to be looked at; opaque. */
    Pixels picture(int i);

    /** The class of each pixel of example i, row by row. */
    long[] labels(int i);

    /** The class that the model as it is now gives each pixel, per example. */
    long[][] predictions();
}
