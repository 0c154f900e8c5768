package org.spdbook.experiment.vqa;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spdbook.data.TextTokenizer;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.PaliGemma;
import org.spdbook.model.PaliGemmaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.model.SiglipConfig;
import org.spdbook.model.TowerConfig;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/** A tiny PaliGemma of random numbers in a folder of the hub, with a tokenizer that can write any text. */
final class MadePaliGemma {

    private static final Path TOKENIZER = Path.of("src/test/resources/fixtures/paligemma-prompts/tokenizer.json");
    private static final int IMAGE = 362;
    private static final int VOCABULARY = 370;

    private MadePaliGemma() {}

    /** Makes it. */
    static void in(Path folder) throws IOException {
        var config = new PaliGemmaConfig(
                new SiglipConfig(new TowerConfig(24, 1, 2, 32, Activation.GELU_TANH, 1e-6), 28, 14, 3),
                new LlamaConfig(
                        LlamaConfig.Build.GEMMA,
                        VOCABULARY,
                        32,
                        48,
                        2,
                        2,
                        1,
                        16,
                        Activation.GELU_TANH,
                        1e-6,
                        Rotary.of(10_000),
                        true,
                        0,
                        List.of(1)),
                IMAGE);
        Files.createDirectories(folder);
        try (NDManager manager = Torch.newManager()) {
            var parameters = new Parameters(manager);
            RandomStream random = new Seeds(4).stream("made paligemma", 0, 0);
            for (Map.Entry<String, Shape> entry : PaliGemma.shapes(config).entrySet()) {
                float[] values = new float[(int) entry.getValue().size()];
                // what blocks add is large, else each token is answered by itself
                double spread = entry.getKey().matches(".*\\.(o|down)_proj\\.weight") ? 3 : .2;
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (spread * random.nextGaussian());
                }
                parameters.add(entry.getKey(), manager.create(values, entry.getValue()));
            }
            try (var gemma = new PaliGemma(config, parameters)) {
                gemma.save(folder);
            }
        }
        Files.copy(TOKENIZER, folder.resolve(TextTokenizer.FILE));
    }
}
