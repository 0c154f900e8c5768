package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * CLIP's image tower with a linear head on its embeddings, which are brought to unit length, as the paper's group fine-tunes it. Owns
 * its parameters: those of the tower and {@link #HEAD}.
 */
public final class ClipClassifier implements AutoCloseable {

    /** Name of the head's weights, [classes, embedding]; it has no bias. */
    public static final String HEAD = "head.weight";

    private final ClipVit tower;

    /**
     * A classifier.
     *
     * @param tower without its text tower, which would be trained for nothing; closed with the classifier
     * @param head [classes, embedding]; the classifier takes it over
     */
    public ClipClassifier(ClipVit tower, NDArray head) {
        if (tower.config().text() != null) {
            throw new IllegalArgumentException("a classifier takes CLIP's image tower alone; see ClipVit.imageTower");
        }
        this.tower = tower;
        tower.parameters().add(HEAD, head);
    }

    /** Logits, [n, classes], of images [n, channels, side, side]. */
    public NDArray forward(NDArray images) {
        return forward(images, 0);
    }

    /**
     * As {@link #forward(NDArray)}, in training.
     *
     * @param dropPath share of the examples that the last block leaves as they are, by the engine's random numbers, in [0, 1); 0 at the
     *     first block, rising evenly
     */
    public NDArray forward(NDArray images, double dropPath) {
        return Scope.of(() -> Ops.linear(
                Ops.l2Normalize(tower.imageFeatures(images, dropPath)),
                parameters().get(HEAD),
                null));
    }

    /** The parameters; live. */
    public Parameters parameters() {
        return tower.parameters();
    }

    @Override
    public void close() {
        tower.close();
    }
}
