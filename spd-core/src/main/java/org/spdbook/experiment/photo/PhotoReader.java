package org.spdbook.experiment.photo;

import org.spdbook.data.Mixing;
import org.spdbook.experiment.disk.ExampleLoader;

/** Reads the pictures of one set from disk. Safe for several threads. */
public interface PhotoReader extends ExampleLoader.Source<Example> {

    /** Side of the square that the model takes, in pixels. */
    int side();

    /** Number of labels of a picture. */
    int labels();

    /** How the pictures of a batch for training are mixed with each other; only where a picture has one label. */
    default Mixing mixing() {
        return Mixing.NONE;
    }

    /** Whether pictures are read as for testing even when they are trained on: the model then takes them as for testing, too. */
    default boolean plain() {
        return false;
    }
}
