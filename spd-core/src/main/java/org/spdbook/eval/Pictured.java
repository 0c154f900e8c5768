package org.spdbook.eval;

import org.spdbook.data.Pixels;

/** A test set whose examples are pictures of one class each. Used on the thread that owns the model. */
public interface Pictured extends TestSet {

    /** Example i as it is to be looked at; opaque. */
    Pixels picture(int i);

    /** Index of the class of every example, [examples]. */
    long[] labels();

    /** Index of the class that the model as it is now takes every example for, [examples]. */
    long[] predictions();
}
