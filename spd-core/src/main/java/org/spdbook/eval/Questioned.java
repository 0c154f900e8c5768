package org.spdbook.eval;

import java.util.List;
import org.spdbook.data.Pixels;

/** A test set whose examples are questions about pictures, each of them asked. Used on the thread that owns the model. */
public interface Questioned extends TestSet {

    /** The picture of example i as it is to be looked at, RGB; all have one size. */
    Pixels picture(int i);

    /** The question of example i. */
    String question(int i);

    /** What is right. */
    String answer(int i);

    /** How far the model as it is now answers each example right. */
    @Override
    Shares outcomes();

    /** What the model answered when {@link #outcomes} was last asked, in order; empty before. */
    List<String> answers();
}
