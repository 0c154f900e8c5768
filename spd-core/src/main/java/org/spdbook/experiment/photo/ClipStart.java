package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.model.ClipClassifier;
import org.spdbook.model.ClipConfig;
import org.spdbook.model.ClipVit;
import org.spdbook.model.ModelFolder;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.weights.JsonFile;

/**
 * CLIP as it is before fine-tuning: the image tower with its pre-trained weights and a head by the names of the classes, or a new one.
 *
 * @param weights of CLIP
 * @param classes names for people, in the order of the labels
 * @param templates texts with {@code {}} for the name
 */
public record ClipStart(HubWeights weights, List<String> classes, List<String> templates) {

    private static final String CLASSIFIER = "classifier";
    private static final String ZERO_SHOT = "zero-shot";
    private static final String SMOOTHING = "label-smoothing";
    private static final String DROP_PATH = "drop-path";
    private static final double SPREAD = .02;

    /** What can be set of it. */
    public static List<OptionSpec> options(double smoothing) {
        return List.of(
                OptionSpec.choice(
                        CLASSIFIER,
                        ZERO_SHOT,
                        "what the head starts as: CLIP's embeddings of the names of the classes, or random numbers",
                        List.of(ZERO_SHOT, "new")),
                OptionSpec.number(SMOOTHING, smoothing, "share of a label that is spread over all classes"));
    }

    /** What can be set where the recipe leaves out blocks at random in training. */
    public static OptionSpec dropPath(double share) {
        return OptionSpec.number(
                DROP_PATH, share, "share of the pictures that the last block leaves as they are; 0 at the first");
    }

    /** Side of the pictures it takes, in pixels. */
    public int side() throws IOException {
        return ClipConfig.of(JsonFile.object(weights.file(ModelFolder.CONFIG)))
                .image()
                .side();
    }

    /**
     * The model.
     *
     * @param seed of a new head
     * @param subsets test sets that are scored over some classes only
     * @return closed by the caller, before the manager
     * @throws IOException if a file is missing or broken
     */
    public PhotoModel open(NDManager manager, DiskSettings settings, long seed, Map<String, SortedSet<Integer>> subsets)
            throws IOException {
        var regularization = new ClipPhotoModel.Regularization(share(settings, SMOOTHING), share(settings, DROP_PATH));
        boolean fresh = !settings.word(CLASSIFIER).equals(ZERO_SHOT);
        NDArray known = fresh ? null : new ZeroShotHead(weights, classes, templates).open(manager);
        ClipVit tower = ClipVit.imageTower(manager, weights.folder());
        NDArray head = known != null ? known : random(manager, tower.config().embedding(), seed);
        return new ClipPhotoModel(new ClipClassifier(tower, head), fresh, regularization, subsets);
    }

    private static double share(DiskSettings settings, String name) {
        double share = settings.number(name, 0);
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(name + " is at least 0 and below 1, got " + share);
        }
        return share;
    }

    private NDArray random(NDManager manager, int embedding, long seed) {
        RandomStream random = new Seeds(seed).stream("fresh head", 0, 0);
        float[] values = new float[classes.size() * embedding];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (SPREAD * random.nextGaussian());
        }
        return manager.create(values, new Shape(classes.size(), embedding));
    }
}
