package org.spdbook.twin.emoji;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.torch.Torch;
import org.spdbook.train.Schedule;
import org.spdbook.twin.vision.Classifier;
import org.spdbook.twin.vision.TinyVitConfig;
import org.spdbook.weights.Checksum;
import org.spdbook.weights.Safetensors;

/**
 * Table 1's question on real drawings: trained on one style, tested on unseen concepts in all five. Eight epochs of batches of
 * 32, cosine schedule with 10 warm-up steps, no clipping; see twins.md 0. Thread-safe.
 */
public final class EmojiWorld implements World {

    private static final String WEIGHTS = "pretrained.safetensors";
    private static final Recipe RECIPE = Recipe.of(8, 32, 10, Schedule.Kind.COSINE, 0);

    private final EmojiManifest manifest = EmojiManifest.load();
    private final EmojiSheets sheets = new EmojiSheets();
    private @Nullable String fingerprint;

    @Override
    public String name() {
        return "emoji";
    }

    @Override
    public String summary() {
        return "Table 1's question on real drawings: 23 classes of emoji drawn by five design teams";
    }

    @Override
    public List<String> domains() {
        return Style.words();
    }

    @Override
    public String defaultDomain() {
        return Style.NOTO.word();
    }

    @Override
    public Recipe recipe() {
        return RECIPE;
    }

    @Override
    public synchronized String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            StringBuilder parts = new StringBuilder();
            parts.append(Checksum.of(resource("manifest.csv"))).append(Checksum.of(resource(WEIGHTS)));
            Arrays.stream(Style.values()).forEach(style -> parts.append(Checksum.of(resource(style.resource()))));
            known = Checksum.of(parts.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            fingerprint = known;
        }
        return known;
    }

    @Override
    public Map<String, String> dataFacts() {
        EmojiSplit split = EmojiSplit.of(manifest, 0);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("domains", String.join(", ", domains()));
        facts.put("classes", manifest.classes().size() + ": " + String.join(", ", manifest.classes()));
        facts.put("drawings per domain", Integer.toString(manifest.rows().size()));
        facts.put("training, seed 0", split.train().size() + " drawings of one domain");
        facts.put("validation, seed 0", split.validation().size() + " drawings of the domain trained on");
        facts.put("test, seed 0", split.test().size() + " drawings of other concepts in each domain");
        facts.put(
                "chance",
                String.format(
                        java.util.Locale.ROOT,
                        "%.1f %%",
                        100.0 / manifest.classes().size()));
        facts.put("fingerprint", fingerprint());
        return facts;
    }

    @Override
    public Map<String, String> modelFacts() {
        TinyVitConfig config = TinyVitConfig.defaults();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", "vision transformer with a linear head on normalised embeddings");
        facts.put(
                "input",
                config.image() + " x " + config.image() + " x " + config.channels() + ", patch " + config.patch());
        facts.put("width, blocks, heads", config.width() + ", " + config.depth() + ", " + config.heads());
        facts.put("pre-trained by", "spd pretrain emoji: 2,000 steps on captions of other concepts, seed 0");
        try (OpenWorld open = open(defaultDomain(), 0)) {
            long count = open.weights().values().stream()
                    .mapToLong(array -> array.size())
                    .sum();
            facts.put(
                    "parameters",
                    String.format(
                            java.util.Locale.ROOT,
                            "%,d in %d tensors",
                            count,
                            open.weights().size()));
            facts.put("head", String.join(", ", open.head()) + ", starts as the zero-shot head");
        }
        return facts;
    }

    @Override
    public OpenWorld open(String domain, long seed) {
        Style style = Style.of(domain);
        NDManager manager = Torch.newManager();
        try {
            return new OpenEmoji(manager, pretrained(manager), sheets, manifest, style, seed);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = EmojiWorld.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar of spd-twins");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name + " failed", e);
        }
    }

    /** The shipped checkpoint: {@code spd pretrain emoji}, seed 0. */
    private static Classifier pretrained(NDManager manager) {
        try {
            Path file = Files.createTempFile("emoji", ".safetensors");
            try {
                Files.write(file, resource(WEIGHTS));
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
