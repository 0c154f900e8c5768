package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.spdbook.model.ClipConfig;
import org.spdbook.model.ClipVit;
import org.spdbook.model.TowerConfig;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/** Tiny models in folders of the hub, in the place of the paper's. */
final class MadeModels {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

    private MadeModels() {}

    /** CLIP with pictures of 32 pixels and a tokenizer of 99 ids. */
    static void clip(Path folder) throws IOException {
        var tower = new TowerConfig(16, 32, 1, 2, Activation.QUICK_GELU, 1e-5);
        var config = new ClipConfig(new ClipConfig.Image(tower, 32, 8, 3), new ClipConfig.Text(tower, 40, 99, 98), 12);
        try (NDManager manager = Torch.newManager()) {
            var parameters = new Parameters(manager);
            RandomStream random = new Seeds(3).stream("made clip", 0, 0);
            for (Map.Entry<String, Shape> entry : ClipVit.shapes(config).entrySet()) {
                float[] values = new float[(int) entry.getValue().size()];
                boolean norm = entry.getKey().matches(".*(layer_?norm|layrnorm).*weight");
                for (int i = 0; i < values.length; i++) {
                    values[i] = norm ? 1 : (float) (.3 * random.nextGaussian());
                }
                parameters.add(entry.getKey(), manager.create(values, entry.getValue()));
            }
            try (var clip = new ClipVit(config, parameters)) {
                clip.save(folder);
            }
        }
        Files.copy(FIXTURES.resolve("clip-tokenizer/tokenizer.json"), folder.resolve("tokenizer.json"));
    }

    /** The tiny Swin of the fixtures. */
    static void swin(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(FIXTURES.resolve("swin-136").resolve(name), folder.resolve(name));
        }
    }
}
