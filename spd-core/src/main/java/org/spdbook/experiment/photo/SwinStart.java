package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.model.ModelFolder;
import org.spdbook.model.Swin;
import org.spdbook.model.SwinConfig;
import org.spdbook.model.SwinSegformer;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * Swin with SegFormer's decoder as it is before fine-tuning: a pre-trained backbone and a new head.
 *
 * @param weights of Swin
 * @param classes with the background
 * @param adapted whether it has adapters
 */
public record SwinStart(HubWeights weights, int classes, boolean adapted) {

    /** Width of the tokens over that of the adapters' bottlenecks. */
    private static final int ADAPTER_RATIO = 8;

    private static final String WIDTH = "head-width";

    /** What can be set of it. */
    public static List<OptionSpec> options() {
        return List.of(OptionSpec.pattern(WIDTH, "256", "width of the decoder", List.of()));
    }

    /**
     * The model.
     *
     * @param seed of the new head
     * @return closed by the caller, before the manager
     * @throws IOException if a file is missing or broken
     */
    public PhotoModel open(NDManager manager, DiskSettings settings, long seed) throws IOException {
        RandomStream random = new Seeds(seed).stream("fresh head", 0, 0);
        try (ModelFolder files = ModelFolder.open(weights.folder())) {
            SwinConfig config = SwinConfig.of(files.config(), 0);
            var model = SwinSegformer.on(
                    manager,
                    config,
                    files.weights(),
                    new SwinSegformer.Added(settings.whole(WIDTH, 1), classes, adapted ? ADAPTER_RATIO : 0),
                    random::nextGaussian);
            return new SwinPhotoModel(model, Swin.backbone(config).asMap().keySet(), classes);
        }
    }
}
