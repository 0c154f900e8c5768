package org.spdbook.twin.emoji;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.World;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Torch;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;
import org.spdbook.train.Trainer;
import org.spdbook.twin.vision.Classifier;
import org.spdbook.twin.vision.TinyVitConfig;
import org.spdbook.weights.Safetensors;

/**
 * Table 1's question on real drawings: trained on one style, tested on unseen concepts in all five. Eight epochs of batches of
 * 32, cosine schedule with 10 warm-up steps, no clipping; see twins.md 0.
 */
public final class EmojiWorld implements World {

    private static final int EPOCHS = 8;
    private static final int BATCH = 32;
    private static final int WARM_UP = 10;

    private final EmojiManifest manifest = EmojiManifest.load();
    private final EmojiSheets sheets = new EmojiSheets();

    @Override
    public String name() {
        return "emoji";
    }

    @Override
    public List<String> domains() {
        return Style.words();
    }

    @Override
    public Run run(ExperimentSpec spec, Trainer.Progress progress, BooleanSupplier cancelled) {
        Style style = Style.of(spec.trainedOn());
        var rule = OptimizerService.create(spec.optimizer(), spec.options());
        EmojiSplit split = EmojiSplit.of(manifest, spec.seed());
        try (NDManager manager = Torch.newManager();
                Classifier classifier = pretrained(manager)) {
            var task = task(classifier, manager, style, split.train());
            var trainer = new Trainer(EPOCHS, BATCH, 0, new Seeds(spec.seed()));
            var schedule = new Schedule(Schedule.Kind.COSINE, spec.lr(), WARM_UP, trainer.steps(task));
            List<Double> losses = new ArrayList<>();
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), task.targets())) {
                Map<String, NDArray> before = classifier.parameters().copy(manager);
                long began = cpuNanos();
                trainer.run(
                        task,
                        optimizer,
                        schedule,
                        (step, steps, loss) -> {
                            losses.add(loss);
                            progress.step(step, steps, loss);
                        },
                        cancelled);
                double seconds = (cpuNanos() - began) / 1e9;
                double validation =
                        task(classifier, manager, style, split.validation()).accuracy();
                return new Run(
                        spec,
                        scores(classifier, manager, split),
                        validation,
                        deviation(classifier, before),
                        losses,
                        seconds);
            }
        }
    }

    /** L2 distance over all tensors. */
    private static double deviation(Classifier classifier, Map<String, NDArray> before) {
        double sum = 0;
        for (Map.Entry<String, NDArray> entry : before.entrySet()) {
            float[] now = classifier.parameters().get(entry.getKey()).toFloatArray();
            float[] then = entry.getValue().toFloatArray();
            for (int i = 0; i < now.length; i++) {
                double d = (double) now[i] - then[i];
                sum += d * d;
            }
        }
        return Math.sqrt(sum);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public Map<String, Double> zeroShot(long seed) {
        try (NDManager manager = Torch.newManager();
                Classifier classifier = pretrained(manager)) {
            return scores(classifier, manager, EmojiSplit.of(manifest, seed));
        }
    }

    private Map<String, Double> scores(Classifier classifier, NDManager manager, EmojiSplit split) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Style style : Style.values()) {
            scores.put(
                    style.word(), task(classifier, manager, style, split.test()).accuracy());
        }
        return scores;
    }

    private EmojiTask task(Classifier classifier, NDManager manager, Style style, List<EmojiManifest.Row> rows) {
        return new EmojiTask(classifier, manager, sheets, style, rows, manifest.classes());
    }

    /** The shipped checkpoint: {@code spd pretrain emoji}, seed 0. */
    private static Classifier pretrained(NDManager manager) {
        try (InputStream in = EmojiWorld.class.getResourceAsStream("pretrained.safetensors")) {
            if (in == null) {
                throw new IllegalStateException("pretrained.safetensors is missing from the jar of spd-twins");
            }
            Path file = Files.createTempFile("emoji", ".safetensors");
            try {
                Files.write(file, in.readAllBytes());
                try (Safetensors weights = Safetensors.open(file)) {
                    return new Classifier(TinyVitConfig.defaults(), manager, weights.loadAll(manager));
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the emoji checkpoint failed", e);
        }
    }
}
