package org.spdbook.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.model.ClipVit;
import org.spdbook.torch.Ops;
import org.spdbook.weights.TensorFile;

/** CLIP as {@code CLIPModel} of Hugging Face transformers computes it: embeddings, logits, and gradients of the cross-entropy over texts. */
public final class ClipVerifier extends ModelVerifier {

    /** For {@code clip}. */
    public ClipVerifier() {
        super("clip");
    }

    @Override
    List<Difference> compare(NDManager manager, Path folder, TensorFile io) throws IOException {
        NDArray images = io.load(manager, "pixel_values");
        NDArray ids = io.load(manager, "input_ids");
        List<Difference> differences = new ArrayList<>();
        try (ClipVit clip = ClipVit.open(manager, folder)) {
            differences.add(forward("pooled", io, () -> clip.imageFeatures(images)));
            differences.add(forward("image_embeds", io, () -> Ops.l2Normalize(clip.imageFeatures(images))));
            differences.add(forward("text_embeds", io, () -> Ops.l2Normalize(clip.textFeatures(ids))));
            differences.add(forward("logits_per_image", io, () -> logits(clip, images, ids)));
            differences.addAll(gradients(
                    manager,
                    folder,
                    io,
                    clip.parameters(),
                    labels -> Ops.crossEntropy(logits(clip, images, ids), labels, 0)));
        }
        return differences;
    }

    private static NDArray logits(ClipVit clip, NDArray images, NDArray ids) {
        return clip.logits(clip.imageFeatures(images), clip.textFeatures(ids));
    }
}
