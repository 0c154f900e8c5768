package org.spdbook.twin.shapes;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Schedule;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.twin.drawing.ShapeClass;
import org.spdbook.twin.vision.Examples;
import org.spdbook.twin.vision.OpenClassifier;
import org.spdbook.twin.vision.ShiftAugmentation;
import org.spdbook.twin.vision.ShippedClassifier;
import org.spdbook.weights.Checksum;

/**
 * Objects in six styles that stand for DomainNet's domains. Twelve epochs of batches of 48, cosine schedule with 10 warm-up
 * steps, no clipping; see twins.md 1. Thread-safe.
 */
abstract class ShapesWorld implements World {

    private static final Recipe RECIPE = Recipe.of(12, 48, 10, Schedule.Kind.COSINE, 0);
    private static final ShippedWeights WEIGHTS = new ShippedWeights(
            ShapesWorld.class,
            String.format(Locale.ROOT, "spd pretrain shapes: %,d steps on easier images", ShapesPretraining.STEPS));

    private final ShippedWeights weights;
    private final Map<ShippedWeights, World> others = new ConcurrentHashMap<>();
    private @Nullable String fingerprint;

    /** With the pre-training of all tables. */
    ShapesWorld() {
        this(WEIGHTS);
    }

    ShapesWorld(ShippedWeights weights) {
        this.weights = weights;
    }

    /** This world with another pre-training. */
    abstract ShapesWorld with(ShippedWeights other);

    @Override
    public List<OptionSpec> settings() {
        return List.of(weights.setting());
    }

    @Override
    public World with(Map<String, String> settings) {
        World.super.with(settings);
        ShippedWeights chosen = weights.chosen(settings);
        return chosen.equals(weights) ? this : others.computeIfAbsent(chosen, this::with);
    }

    @Override
    public List<String> domains() {
        return ShapeStyle.words();
    }

    /** The five that twins.md has measurements of, and the five of the paper. */
    @Override
    public Map<String, List<String>> domainSets() {
        Map<String, List<String>> sets = new LinkedHashMap<>();
        sets.put("measured", List.of("real", "clipart", "sketch", "painting", "infograph"));
        sets.put("paper", List.of("real", "clipart", "sketch", "painting", "quickdraw"));
        return sets;
    }

    @Override
    public boolean testsAllSeedsAlike() {
        return true;
    }

    @Override
    public List<String> classes() {
        return ShapeClass.used().stream().map(ShapeClass::word).toList();
    }

    @Override
    public Recipe recipe() {
        return RECIPE;
    }

    @Override
    public synchronized String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            String parts = Checksum.of(weights.bytes()) + Checksum.of(ShapesData.sample());
            known = Checksum.of(parts.getBytes(StandardCharsets.US_ASCII));
            fingerprint = known;
        }
        return known;
    }

    @Override
    public Map<String, String> dataFacts() {
        List<String> classes = classes();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("domains", String.join(", ", domains()));
        facts.put("classes", classes.size() + ": " + String.join(", ", classes));
        facts.put("training", ShapesData.TRAINING + " images of one domain, drawn by the seed");
        facts.put("validation", ShapesData.TRAINING + " images of the domain trained on, drawn by the seed");
        facts.put("test", ShapesData.TEST + " images of each domain, the same for every seed");
        facts.put("chance", String.format(Locale.ROOT, "%.1f %%", 100.0 / classes.size()));
        facts.put("fingerprint", fingerprint());
        return facts;
    }

    @Override
    public Map<String, String> modelFacts() {
        return ShippedClassifier.facts(weights);
    }

    @Override
    public OpenWorld open(String domain, long seed) {
        Known.require("domain", domain, trainable());
        return OpenClassifier.of(
                manager -> ShippedClassifier.load(weights, manager),
                domain,
                domains(),
                (of, part) -> examples(of, part, seed),
                new ShiftAugmentation(false));
    }

    /** Images of a domain. */
    Examples examples(String domain, OpenTwin.Part part, long seed) {
        return ShapesData.examples(ShapeStyle.of(domain), part, seed);
    }

    /** The pre-trained model. */
    final ShippedWeights weights() {
        return weights;
    }
}
