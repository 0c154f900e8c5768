package org.spdbook.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spdbook.model.PaliGemma;
import org.spdbook.torch.Autograd;
import org.spdbook.weights.TensorFile;

/**
 * PaliGemma as {@code PaliGemmaForConditionalGeneration} of Hugging Face transformers computes it: logits, gradients of the loss over all labelled tokens, and
 * {@link WrittenTexts} behind inputs that are prefixes as a whole.
 */
public final class PaliGemmaVerifier extends ModelVerifier {

    /** For {@code paligemma}. */
    public PaliGemmaVerifier() {
        super("paligemma");
    }

    @Override
    List<Difference> compare(NDManager manager, Path folder, TensorFile io) throws IOException {
        try (PaliGemma model = PaliGemma.open(manager, folder)) {
            NDArray images = io.load(manager, "pixel_values");
            PaliGemma.Text text = text(manager, io);
            List<Difference> differences = new ArrayList<>();
            differences.add(forward("logits", io, () -> model.logits(model.features(images), text)));
            if (io.has("labels")) {
                NDArray labels = io.load(manager, "labels");
                differences.addAll(gradients(
                        folder,
                        io,
                        model.parameters().asMap(),
                        () -> model.loss(model.features(images), text, labels)));
            }
            try (NDArray features = Autograd.withoutRecording(() -> model.features(images))) {
                differences.addAll(new WrittenTexts(folder, io)
                        .compare(model.seeing(features), model.config().text().padding()));
            }
            return differences;
        }
    }

    private static PaliGemma.Text text(NDManager manager, TensorFile io) {
        NDArray ids = io.load(manager, "input_ids");
        NDArray attended = io.has("attention_mask") ? io.load(manager, "attention_mask") : null;
        return new PaliGemma.Text(
                ids, io.has("token_type_ids") ? io.load(manager, "token_type_ids") : types(ids, io), attended);
    }

    /** Without types, transformers lets all tokens see each other, but where there is padding, those before them alone. */
    private static NDArray types(NDArray ids, TensorFile io) {
        boolean padded = io.has("attention_mask")
                && Arrays.stream(io.longs("attention_mask")).anyMatch(one -> one == 0);
        return padded ? ids.onesLike() : ids.zerosLike();
    }
}
