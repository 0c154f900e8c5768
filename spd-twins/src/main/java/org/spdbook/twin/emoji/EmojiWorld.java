package org.spdbook.twin.emoji;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Schedule;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.twin.vision.Examples;
import org.spdbook.twin.vision.OpenClassifier;
import org.spdbook.twin.vision.ShiftAugmentation;
import org.spdbook.twin.vision.ShippedClassifier;
import org.spdbook.twin.vision.VisionInput;
import org.spdbook.weights.Checksum;

/**
 * Table 1's question on real drawings: trained on one style, tested on unseen concepts in all five. Eight epochs of batches of
 * 32, cosine schedule with 10 warm-up steps, no clipping; see twins.md 0. Thread-safe.
 */
public final class EmojiWorld implements World {

    private static final ShippedWeights WEIGHTS =
            new ShippedWeights(EmojiWorld.class, "spd pretrain emoji: 2,000 steps on captions of other concepts");
    private static final Recipe RECIPE = Recipe.of(8, 32, 10, Schedule.Kind.COSINE, 0);

    private final EmojiManifest manifest;
    private final EmojiSheets sheets;
    private final ShippedWeights weights;
    private final Map<ShippedWeights, EmojiWorld> others = new ConcurrentHashMap<>();
    private @Nullable String fingerprint;

    /** With the pre-training of all tables. */
    public EmojiWorld() {
        this(EmojiManifest.load(), new EmojiSheets(), WEIGHTS);
    }

    private EmojiWorld(EmojiManifest manifest, EmojiSheets sheets, ShippedWeights weights) {
        this.manifest = manifest;
        this.sheets = sheets;
        this.weights = weights;
    }

    @Override
    public List<OptionSpec> settings() {
        return List.of(weights.setting());
    }

    @Override
    public World with(Map<String, String> settings) {
        World.super.with(settings);
        ShippedWeights chosen = weights.chosen(settings);
        return chosen.equals(weights)
                ? this
                : others.computeIfAbsent(chosen, other -> new EmojiWorld(manifest, sheets, other));
    }

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
    public List<String> classes() {
        return manifest.classes();
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
            parts.append(Checksum.of(weights.resource("manifest.csv"))).append(Checksum.of(weights.bytes()));
            Arrays.stream(Style.values())
                    .forEach(style -> parts.append(Checksum.of(weights.resource(style.resource()))));
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
        return ShippedClassifier.facts(weights);
    }

    @Override
    public OpenWorld open(String domain, long seed) {
        Style.of(domain);
        EmojiSplit split = EmojiSplit.of(manifest, seed);
        return OpenClassifier.of(
                manager -> ShippedClassifier.load(weights, manager),
                domain,
                domains(),
                (of, part) -> examples(Style.of(of), split.rows(part)),
                new ShiftAugmentation(true));
    }

    private Examples examples(Style style, List<EmojiManifest.Row> rows) {
        List<String> classes = manifest.classes();
        return new Examples(
                rows.stream()
                        .map(row -> VisionInput.of(sheets.rgba(style, row.row())))
                        .toList(),
                rows.stream().mapToLong(row -> classes.indexOf(row.category())).toArray());
    }
}
