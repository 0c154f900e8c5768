package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * CLIP ViT-B/16 and Swin-T in their real sizes, and PaliGemma in its widths, with random weights: read from the files of each publisher, run, trained for a
 * step, and written for Hugging Face transformers. The last is compared where {@code SPD_TRANSFORMERS_PYTHON} names a Python that
 * has transformers and torch.
 */
@Tag("slow")
class FullSizeModelsTest {

    private static final long MOST_KIB = 8L << 20;
    private static final ClipConfig VIT_B_16 = new ClipConfig(
            new ClipConfig.Image(new TowerConfig(768, 12, 12, 3072, Activation.QUICK_GELU, 1e-5), 224, 16, 3),
            new ClipConfig.Text(new TowerConfig(512, 12, 8, 2048, Activation.QUICK_GELU, 1e-5), 77, 49408, 2),
            512);

    @TempDir
    private Path folder;

    private Path write(String name, Map<String, TensorData> tensors) throws IOException {
        Path file = folder.resolve(name + ".safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    private static NDArray images(NDManager manager) {
        return manager.arange(0, 2 * 3 * 224 * 224, 1, DataType.FLOAT32)
                .mul(.37)
                .sin()
                .reshape(2, 3, 224, 224);
    }

    private static float[] values(Supplier<NDArray> result) {
        return Scope.compute(() -> Autograd.withoutRecording(() -> result.get().toFloatArray()));
    }

    /** One step of Adam-SPD, which must lower the loss. */
    private static void train(Parameters parameters, Supplier<NDArray> loss) {
        List<Target> targets = parameters.asMap().entrySet().stream()
                .filter(entry ->
                        !entry.getKey().startsWith("text") && !entry.getKey().equals(ClipVit.LOGIT_SCALE))
                .map(entry -> Target.of(entry.getKey(), entry.getValue()))
                .toList();
        double before = Autograd.valueAndBackward(loss);
        try (var optimizer = new BoundOptimizer(
                OptimizerService.create("adam-spd", Map.of("lambda", "1")), new TorchStep(), targets)) {
            optimizer.step(1e-4, tensor -> 0);
        }
        double after = Scope.compute(
                () -> Autograd.withoutRecording(() -> (double) loss.get().toFloatArray()[0]));
        assertThat(after).isLessThan(before);
    }

    @Test
    void should_be_one_clip_in_every_naming_scheme() throws Exception {
        var made = new MadeWeights(ClipVit.shapes(VIT_B_16));
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("hub", write("hub", made.hub()));
        files.put("openai", write("openai", made.openAi()));
        files.put("timm", write("timm", made.timm()));
        float[] first = {};
        for (Map.Entry<String, Path> file : files.entrySet()) {
            try (NDManager manager = Torch.newManager();
                    Safetensors weights = Safetensors.open(file.getValue());
                    ClipVit clip = ClipVit.of(manager, weights)) {
                NDArray images = images(manager);
                float[] embeddings = values(() -> Ops.l2Normalize(clip.imageFeatures(images)));
                if (first.length == 0) {
                    first = embeddings;
                    clip.save(folder.resolve("saved"));
                    transformers("clip", images, embeddings);
                }
                assertThat(embeddings).as(file.getKey()).containsExactly(first);
                NDArray labels = manager.create(new long[] {3, 7});
                train(clip.parameters(), () -> Ops.crossEntropy(clip.imageFeatures(images), labels, 0));
            }
        }
        assertThat(peakKib()).isLessThan(MOST_KIB);
    }

    @Test
    void should_be_one_swin_in_every_naming_scheme() throws Exception {
        SwinConfig config = SwinConfig.tiny(1000);
        var made = new MadeWeights(Swin.shapes(config));
        float[] first = {};
        for (Path file : List.of(write("hub", made.hub()), write("microsoft", made.microsoft()))) {
            try (NDManager manager = Torch.newManager();
                    Safetensors weights = Safetensors.open(file);
                    Swin swin = Swin.of(manager, config, weights)) {
                NDArray images = images(manager);
                float[] logits = values(() -> swin.logits(images, false));
                if (first.length == 0) {
                    first = logits;
                    swin.save(folder.resolve("saved"));
                    transformers("swin", images, logits);
                }
                assertThat(logits).as(file.toString()).containsExactly(first);
                NDArray labels = manager.create(new long[] {3, 7});
                train(swin.parameters(), () -> Ops.crossEntropy(swin.logits(images, false), labels, 0));
            }
        }
        assertThat(peakKib()).isLessThan(MOST_KIB);
    }

    /** Its own widths, but a block of each tower and few ids: transformers' side takes gigabytes otherwise. */
    @Test
    void should_be_one_paligemma_for_transformers_when_it_is_saved() throws Exception {
        PaliGemmaConfig full = PaliGemmaConfig.of3B();
        TowerConfig tower = full.vision().tower();
        LlamaConfig text = full.text();
        PaliGemmaConfig config = new PaliGemmaConfig(
                new SiglipConfig(
                        new TowerConfig(
                                tower.width(), 1, tower.heads(), tower.hidden(), tower.activation(), tower.eps()),
                        full.vision().side(),
                        full.vision().patch(),
                        full.vision().channels()),
                new LlamaConfig(
                        text.build(),
                        1000,
                        text.width(),
                        text.hidden(),
                        1,
                        text.heads(),
                        text.groups(),
                        text.headWidth(),
                        text.activation(),
                        text.eps(),
                        text.rotary(),
                        text.tied(),
                        text.padding(),
                        text.ends()),
                999);
        Path file = write("paligemma", new MadeWeights(PaliGemma.shapes(config)).hub());
        try (NDManager manager = Torch.newManager();
                Safetensors weights = Safetensors.open(file);
                PaliGemma model = PaliGemma.of(manager, config, weights)) {
            model.save(folder.resolve("saved"));
            NDArray images = images(manager);
            long[] ids = new long[2 * 264];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = i % 264 < 256 ? 999 : 2 + i % 264;
            }
            NDArray types = manager.arange(0, 264, 1)
                    .gt(260)
                    .toType(DataType.INT64, true)
                    .reshape(1, 264)
                    .repeat(0, 2);
            var both = new PaliGemma.Text(manager.create(ids, types.getShape()), types, null);
            float[] logits = values(() -> model.logits(model.features(images), both));
            transformers(
                    "paligemma",
                    Map.of(
                            "images",
                            TensorData.of(images),
                            "ids",
                            TensorData.of(both.ids()),
                            "types",
                            TensorData.of(types),
                            "ours",
                            TensorData.of(logits, 2, 264, 1000)));
        }
    }

    private static long peakKib() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "the peak of memory is read on Linux only");
        String line = Files.readAllLines(status).stream()
                .filter(one -> one.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        System.err.println("peak of memory: " + line);
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    /** Loads what was saved with transformers, runs it on the same images, and compares; without a Python for that it says so. */
    private void transformers(String type, NDArray images, float[] ours) throws Exception {
        transformers(type, Map.of("images", TensorData.of(images), "ours", TensorData.of(ours, 2, ours.length / 2)));
    }

    private void transformers(String type, Map<String, TensorData> tensors) throws Exception {
        String python = System.getenv("SPD_TRANSFORMERS_PYTHON");
        if (python == null) {
            System.err.println("NOT compared with transformers: SPD_TRANSFORMERS_PYTHON names no Python");
            return;
        }
        Path io = folder.resolve("io.safetensors");
        SafetensorsWriter.write(io, tensors, Map.of());
        Process process = new ProcessBuilder(
                        python,
                        "src/test/python/compare_with_transformers.py",
                        type,
                        folder.resolve("saved").toString(),
                        io.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        System.err.println(said.lines().reduce("", (a, b) -> b));
    }
}
