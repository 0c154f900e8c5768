package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.NativeMemory;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;

/**
 * Gradients of ViT-S/16 on 16 images, in a process of its own: prints what its memory grew by at most, in bytes, and the seconds of the
 * last of two steps. Argument: whether blocks are recomputed.
 */
final class LargeSteps {

    private static final int IMAGES = 16;
    private static final ClipConfig VIT = new ClipConfig(
            new ClipConfig.Image(new TowerConfig(384, 12, 6, 1536, Activation.GELU, 1e-5), 224, 16, 3), null, 64);

    private LargeSteps() {}

    public static void main(String[] args) {
        Torch.setThreads(1);
        try (NDManager manager = Torch.newManager()) {
            Parameters parameters = new Parameters(manager);
            ClipVit.shapes(VIT)
                    .forEach((name, shape) -> parameters.add(
                            name, manager.randomNormal(0, .02f, shape, ai.djl.ndarray.types.DataType.FLOAT32)));
            ClipVit model = new ClipVit(VIT, parameters);
            NDArray images = manager.randomNormal(new Shape(IMAGES, 3, 224, 224));
            NDArray labels = manager.zeros(new Shape(IMAGES), ai.djl.ndarray.types.DataType.INT64);
            var gradients = new Gradients(Boolean.parseBoolean(args[0]), Precision.FLOAT32);
            long before = NativeMemory.resident().orElse(0);
            double seconds = 0;
            for (int step = 0; step < 2; step++) {
                long began = System.nanoTime();
                gradients.of(() -> Ops.crossEntropy(model.imageFeatures(images), labels, 0));
                seconds = (System.nanoTime() - began) / 1e9;
            }
            System.out.println((NativeMemory.peak().orElse(0) - before) + " " + seconds);
        }
    }
}
