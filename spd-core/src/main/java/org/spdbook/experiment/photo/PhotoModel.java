package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.spdbook.eval.Outcomes;
import org.spdbook.nn.Parameters;

/** A model of photographs with its head. Used by one thread. */
public interface PhotoModel extends AutoCloseable {

    /** All its tensors. */
    Parameters parameters();

    /** Names of the head's tensors. */
    Set<String> head();

    /** Names of the tensors without pre-trained values. */
    Set<String> fresh();

    /** Number of classes. */
    int classes();

    /**
     * Mean loss of a batch, one element.
     *
     * @param images [n, 3, side, side]
     * @param labels classes, int64, of each picture or pixel; or shares of the classes in each picture, [n, classes], float32, where
     *     pictures are mixed
     * @param training whether the model is regularised: values or blocks left out by random numbers of the engine, labels smoothed
     */
    NDArray loss(NDArray images, NDArray labels, boolean training);

    /** Whether the loss of a batch is the mean of the losses of parts of one size, see {@link org.spdbook.train.Task#isMeanOfParts}. */
    boolean isMeanOfParts();

    /** The most likely class of each picture or pixel, int64. set: the test set, which may have a part of the classes only. */
    NDArray predictions(NDArray images, String set);

    /** Takes predictions of a test set, picture by picture. */
    Scorer scorer(String set);

    /** Sums up what was predicted. */
    interface Scorer {

        /** One picture. */
        void add(long[] predictions, long[] labels);

        /** What was added. */
        Outcomes outcomes();
    }

    @Override
    void close();
}
