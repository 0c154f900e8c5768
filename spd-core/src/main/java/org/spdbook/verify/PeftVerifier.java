package org.spdbook.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.model.Llama;
import org.spdbook.model.ModelFolder;
import org.spdbook.nn.PrefixTable;
import org.spdbook.peft.Attached;
import org.spdbook.peft.PeftFile;
import org.spdbook.torch.Torch;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.TensorFile;

/**
 * Adapters on LLaMA as Hugging Face peft, or LLM-Adapters, computes them: logits, and gradients of the loss by the adapters. The model is the folder that {@code
 * base_model_name_or_path} names beside that of the adapters; {@code llama} where it names none that is there. Inputs are the model's, unless the folder has its own.
 */
public final class PeftVerifier implements Verifier {

    private static final String IO = "io.safetensors";
    private static final String USUAL = "llama";

    @Override
    public String kind() {
        return "adapters (" + PeftFile.CONFIG
                + ", adapter_model.safetensors, io.safetensors, and the folder of their llama beside)";
    }

    @Override
    public boolean recognises(Path folder) {
        return Files.exists(folder.resolve(PeftFile.CONFIG)) && Files.exists(folder.resolve(IO));
    }

    @Override
    public List<Difference> compare(Path folder) throws IOException {
        Path base = base(folder);
        try (NDManager manager = Torch.newManager();
                Llama llama = Llama.open(manager, base);
                Safetensors io = Safetensors.open(folder.resolve(IO));
                Safetensors inputs = Safetensors.open((io.has("input_ids") ? folder : base).resolve(IO))) {
            Attached attached = PeftFile.read(folder, llama.parameters());
            NDArray ids = inputs.load(manager, "input_ids");
            NDArray attended = inputs.has("attention_mask") ? inputs.load(manager, "attention_mask") : null;
            NDArray labels = inputs.has("labels") ? inputs.load(manager, "labels") : ids;
            List<Difference> differences = new ArrayList<>();
            differences.add(ModelVerifier.forward("logits", io, () -> llama.logits(ids, attended)));
            differences.addAll(ModelVerifier.gradients(
                    folder, io, named(folder, attached), () -> llama.loss(ids, attended, labels)));
            return differences;
        }
    }

    private static Path base(Path folder) throws IOException {
        JsonObject config = JsonFile.object(folder.resolve(PeftFile.CONFIG));
        JsonElement named = config.get("base_model_name_or_path");
        String name = named == null || named.isJsonNull() ? USUAL : named.getAsString();
        Path own = folder.toAbsolutePath().resolveSibling(name);
        Path base = Files.exists(own.resolve(ModelFolder.CONFIG)) ? own : own.resolveSibling(USUAL);
        if (!Files.exists(base.resolve(ModelFolder.CONFIG))) {
            throw new IOException("the adapters in " + folder + " belong to a model " + name + ", which is not at "
                    + base + "; put its folder there");
        }
        return base;
    }

    /** The adapters' tensors, by the names that they have in the reference. */
    private static Map<String, NDArray> named(Path folder, Attached attached) throws IOException {
        Map<String, NDArray> named = new LinkedHashMap<>();
        Path file = folder.resolve("grads.safetensors");
        if (!Files.exists(file)) {
            return named;
        }
        try (TensorFile gradients = Safetensors.open(file)) {
            attached.tensors().forEach((name, array) -> named.put(inMemory(name, gradients), array));
        }
        return named;
    }

    /** peft's name in memory: with the name of the adapter, which files leave out. */
    private static String inMemory(String name, TensorFile gradients) {
        String key = PeftFile.key(name);
        return gradients.has(key)
                ? key
                : name.equals(PrefixTable.NAME)
                        ? "prompt_encoder.default.embedding.weight"
                        : key.replaceFirst("\\.weight$", ".default.weight");
    }
}
