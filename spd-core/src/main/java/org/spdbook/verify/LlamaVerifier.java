package org.spdbook.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.model.Llama;
import org.spdbook.weights.TensorFile;

/**
 * LLaMA and Gemma as {@code LlamaForCausalLM} and {@code GemmaForCausalLM} of Hugging Face transformers compute them: logits, gradients of the loss over all
 * labelled tokens, and {@link WrittenTexts}.
 */
public final class LlamaVerifier extends ModelVerifier {

    /** For {@code llama} and {@code gemma}. */
    public LlamaVerifier() {
        super("llama", "gemma");
    }

    @Override
    List<Difference> compare(NDManager manager, Path folder, TensorFile io) throws IOException {
        try (Llama llama = Llama.open(manager, folder)) {
            NDArray ids = io.load(manager, "input_ids");
            NDArray attended = io.load(manager, "attention_mask");
            NDArray labels = io.load(manager, "labels");
            List<Difference> differences = new ArrayList<>();
            differences.add(forward("logits", io, () -> llama.logits(ids, attended)));
            differences.addAll(
                    gradients(folder, io, llama.parameters().asMap(), () -> llama.loss(ids, attended, labels)));
            differences.addAll(
                    new WrittenTexts(folder, io).compare(llama, llama.config().padding()));
            return differences;
        }
    }
}
