package org.spdbook.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.nn.Activation;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.peft.Attached;
import org.spdbook.peft.LoraConfig;
import org.spdbook.peft.PeftFile;

/** A LLaMA with random weights, which tells each token from those before it. */
final class LanguageWork {

    private static final int VOCABULARY = 8000;
    private static final int TOKENS = 128;
    private static final double SCALE = .05;
    private static final LlamaConfig CONFIG = new LlamaConfig(
            VOCABULARY, 512, 1376, 8, 8, 8, 64, Activation.SILU, 1e-6, Rotary.of(10_000), false, -1, List.of());
    private static final LoraConfig LORA = new LoraConfig(
            8, 16, 0, AdapterConfig.targets(List.of("q_proj", "k_proj", "v_proj", "up_proj", "down_proj")));

    private LanguageWork() {}

    /** All weights are trained. */
    static ModelSteps.Work llama(NDManager manager, int batch, Path folder) throws IOException {
        Llama llama = saved(manager, folder);
        NDArray ids = ids(manager, batch);
        return new ModelSteps.Work(llama.parameters().asMap(), () -> llama.trainingLoss(ids, null, ids));
    }

    /** Adapters alone are trained; they are saved in the folder {@code lora} in the model's, as peft reads them. */
    static ModelSteps.Work lora(NDManager manager, int batch, Path folder) throws IOException {
        Llama llama = saved(manager, folder);
        NDArray ids = ids(manager, batch);
        Attached attached = LORA.attach(llama.parameters(), new Random(2));
        PeftFile.write(folder.resolve("lora"), LORA, attached, "");
        return new ModelSteps.Work(attached.tensors(), () -> llama.trainingLoss(ids, null, ids));
    }

    private static Llama saved(NDManager manager, Path folder) throws IOException {
        Llama llama = new Llama(CONFIG, ModelSteps.random(manager, Llama.shapes(CONFIG), SCALE));
        llama.save(folder);
        return llama;
    }

    private static NDArray ids(NDManager manager, int batch) {
        return manager.create(
                LongStream.range(0, (long) batch * TOKENS)
                        .map(i -> (i * 37 + 11) % VOCABULARY)
                        .toArray(),
                new Shape(batch, TOKENS));
    }
}
