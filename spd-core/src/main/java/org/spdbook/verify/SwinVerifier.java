package org.spdbook.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.model.Swin;
import org.spdbook.torch.Ops;
import org.spdbook.weights.TensorFile;

/**
 * Swin as {@code SwinForImageClassification} of Hugging Face transformers computes it: hidden states, logits, and gradients of the
 * cross-entropy.
 */
public final class SwinVerifier extends ModelVerifier {

    /** For {@code swin}. */
    public SwinVerifier() {
        super("swin");
    }

    @Override
    List<Difference> compare(NDManager manager, Path folder, TensorFile io) throws IOException {
        NDArray images = io.load(manager, "pixel_values");
        List<Difference> differences = new ArrayList<>();
        try (Swin swin = Swin.open(manager, folder)) {
            for (int i = 0; i <= swin.config().stages(); i++) {
                int state = i;
                differences.add(forward(
                        "hidden." + i, io, () -> swin.hidden(images, false).get(state)));
            }
            differences.add(forward("logits", io, () -> swin.logits(images, false)));
            differences.addAll(gradients(
                    manager,
                    folder,
                    io,
                    swin.parameters(),
                    labels -> Ops.crossEntropy(swin.logits(images, false), labels, 0)));
        }
        return differences;
    }
}
