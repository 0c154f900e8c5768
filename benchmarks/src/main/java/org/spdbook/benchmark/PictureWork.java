package org.spdbook.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.spdbook.model.ClipConfig;
import org.spdbook.model.ClipVit;
import org.spdbook.model.Swin;
import org.spdbook.model.SwinConfig;
import org.spdbook.model.TowerConfig;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Ops;

/** Models of pictures with random weights, which tell the number of a picture in its batch. */
final class PictureWork {

    private static final int SIDE = 224;
    private static final double SCALE = .05;

    private PictureWork() {}

    static ModelSteps.Work vit(NDManager manager, int batch, Path folder) throws IOException {
        ClipConfig config = new ClipConfig(
                new ClipConfig.Image(new TowerConfig(192, 12, 3, 768, Activation.QUICK_GELU, 1e-5), SIDE, 16, 3),
                null,
                192);
        Parameters parameters = ModelSteps.random(manager, ClipVit.shapes(config), SCALE);
        var clip = new ClipVit(config, parameters);
        clip.save(folder);
        return work(manager, batch, parameters, clip::imageFeatures);
    }

    static ModelSteps.Work swin(NDManager manager, int batch, Path folder) throws IOException {
        SwinConfig config = new SwinConfig(
                SIDE, 4, 3, 48, List.of(2, 2, 6, 2), List.of(3, 6, 12, 24), 7, 4, Activation.GELU, 1e-5, 0, 192);
        Parameters parameters = ModelSteps.random(manager, Swin.shapes(config), SCALE);
        var swin = new Swin(config, parameters);
        swin.save(folder);
        return work(manager, batch, parameters, one -> swin.logits(one, true));
    }

    private static ModelSteps.Work work(
            NDManager manager, int batch, Parameters parameters, UnaryOperator<NDArray> logits) {
        NDArray images = manager.arange(0, batch * 3 * SIDE * SIDE, 1, DataType.FLOAT32)
                .mul(.37)
                .sin()
                .reshape(batch, 3, SIDE, SIDE);
        NDArray labels = manager.arange(batch).toType(DataType.INT64, true);
        return new ModelSteps.Work(parameters.asMap(), () -> Ops.crossEntropy(logits.apply(images), labels, 0));
    }
}
