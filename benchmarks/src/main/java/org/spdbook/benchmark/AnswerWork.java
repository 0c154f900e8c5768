package org.spdbook.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.PaliGemma;
import org.spdbook.model.PaliGemmaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.model.SiglipConfig;
import org.spdbook.model.TowerConfig;
import org.spdbook.nn.Activation;
import org.spdbook.peft.LoraConfig;

/** A PaliGemma with random weights, which tells answers about pictures. */
final class AnswerWork {

    private static final int VOCABULARY = 2000;
    private static final int SIDE = 112;
    private static final int QUESTION = 24;
    private static final int ANSWER = 8;
    private static final double SCALE = .05;
    private static final PaliGemmaConfig CONFIG = new PaliGemmaConfig(
            new SiglipConfig(new TowerConfig(192, 4, 4, 768, Activation.GELU_TANH, 1e-6), SIDE, 14, 3),
            new LlamaConfig(
                    LlamaConfig.Build.GEMMA,
                    VOCABULARY,
                    256,
                    1024,
                    6,
                    4,
                    1,
                    64,
                    Activation.GELU_TANH,
                    1e-6,
                    Rotary.of(10_000),
                    true,
                    0,
                    List.of(1)),
            VOCABULARY - 1);
    private static final LoraConfig LORA = new LoraConfig(8, 16, 0, Pattern.compile(".*\\.(q|k|v|o)_proj"));

    private AnswerWork() {}

    /** All weights are trained. */
    static ModelSteps.Work paliGemma(NDManager manager, int batch, Path folder) throws IOException {
        PaliGemma model = saved(manager, folder);
        return work(manager, batch, model, model.parameters().asMap());
    }

    /** Adapters alone are trained; peft's begin alike, with a second factor of zeros. */
    static ModelSteps.Work lora(NDManager manager, int batch, Path folder) throws IOException {
        PaliGemma model = saved(manager, folder);
        return work(
                manager,
                batch,
                model,
                LORA.attach(model.parameters(), new Random(2)).tensors());
    }

    private static PaliGemma saved(NDManager manager, Path folder) throws IOException {
        PaliGemma model = new PaliGemma(CONFIG, ModelSteps.random(manager, PaliGemma.shapes(CONFIG), SCALE));
        model.save(folder);
        return model;
    }

    private static ModelSteps.Work work(NDManager manager, int batch, PaliGemma model, Map<String, NDArray> trained) {
        NDArray images = manager.arange(0, batch * 3 * SIDE * SIDE, 1, DataType.FLOAT32)
                .mul(.37)
                .sin()
                .reshape(batch, 3, SIDE, SIDE);
        int prefix = CONFIG.imageTokens() + QUESTION;
        int tokens = prefix + ANSWER;
        long[] ids = new long[batch * tokens];
        long[] types = new long[batch * tokens];
        long[] labels = new long[batch * tokens];
        for (int i = 0; i < ids.length; i++) {
            boolean isAnswer = i % tokens >= prefix;
            ids[i] = i % tokens < CONFIG.imageTokens() ? CONFIG.imageId() : (i * 37L + 11) % (VOCABULARY - 1);
            types[i] = isAnswer ? 1 : 0;
            labels[i] = isAnswer ? ids[i] : -100;
        }
        Shape shape = new Shape(batch, tokens);
        var text = new PaliGemma.Text(manager.create(ids, shape), manager.create(types, shape), null);
        NDArray wanted = manager.create(labels, shape);
        return new ModelSteps.Work(trained, () -> model.trainingLoss(() -> model.features(images), text, wanted));
    }
}
