package org.spdbook.eval;

/** Examples to test a model on, bound to the model. Used on the thread that owns the model. */
public interface TestSet {

    /** The word for it. */
    String name();

    /** Number of examples. */
    int examples();

    /** What the model as it is now makes of each example. */
    Outcomes outcomes();
}
