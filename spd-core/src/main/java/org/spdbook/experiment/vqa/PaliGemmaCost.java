package org.spdbook.experiment.vqa;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.model.ModelFolder;
import org.spdbook.model.PaliGemma;
import org.spdbook.model.PaliGemmaConfig;
import org.spdbook.peft.AdapterConfig;

/**
 * What training and testing PaliGemma takes, counted and not measured: two operations per weight that a token is multiplied with, two more backward
 * through a frozen weight, which needs no gradient of its own, and four per token seen and width of a head's values in attention.
 *
 * @param config of the model
 * @param adapters of the recipe, LoRA
 */
public record PaliGemmaCost(PaliGemmaConfig config, AdapterConfig adapters) {

    /** Tokens of a question with its answer: about 7 words and 3 marks; those of the image come before. */
    private static final int TEXT = 12;

    private static final double PER_WEIGHT = 2;
    private static final double TERA = 1e12;

    /** Of PaliGemma-3B with the LoRA of the experiment. */
    public static PaliGemmaCost of3B() {
        return new PaliGemmaCost(PaliGemmaConfig.of3B(), RealVqa.adapters());
    }

    /** Of the model of a folder with the LoRA of the experiment. */
    static PaliGemmaCost of(HubWeights weights) {
        try (ModelFolder files = ModelFolder.open(weights.folder())) {
            return new PaliGemmaCost(PaliGemmaConfig.of(files.config()), RealVqa.adapters());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "reading the configuration in " + weights.folder() + " failed: " + e.getMessage(), e);
        }
    }

    /** Values of the model. */
    public long weights() {
        return PaliGemma.shapes(config).values().stream().mapToLong(Shape::size).sum();
    }

    /** Values that LoRA trains. */
    public long trained() {
        return adapters.count(AdapterConfig.modules(PaliGemma.shapes(config)));
    }

    /** The modules that LoRA is around, those of all layers as one: {@code language_model.model.layers.N.self_attn.q_proj x 18}. */
    public List<String> around() {
        Map<String, Integer> layers = new LinkedHashMap<>();
        adapters.shapes(AdapterConfig.modules(PaliGemma.shapes(config))).keySet().stream()
                .map(name -> name.replaceFirst("\\.lora_[AB]\\.weight$", ""))
                .distinct()
                .forEach(name -> layers.merge(name.replaceFirst("\\.layers\\.\\d+\\.", ".layers.N."), 1, Integer::sum));
        return layers.entrySet().stream()
                .map(one -> one.getKey() + " x " + one.getValue())
                .toList();
    }

    /** Operations of one question with its answer, forward: the prompt when it is tested. */
    public double forward() {
        double tokens = config.imageTokens() + (double) TEXT;
        Map<String, Shape> modules = AdapterConfig.modules(PaliGemma.shapes(config));
        double tower = matrices(modules, "vision_tower.");
        double decoder = matrices(modules, "language_model.");
        var sight = config.vision().tower();
        var text = config.text();
        double patches = config.imageTokens();
        double attention = 2
                * PER_WEIGHT
                * (patches * patches * sight.width() * sight.depth()
                        + tokens * tokens * text.heads() * text.headWidth() * text.depth());
        return PER_WEIGHT * (patches * tower + tokens * decoder) + attention;
    }

    /** Operations of one question with its answer in training, LoRA everywhere: forward, and as much again backward. */
    public double training() {
        return 2 * forward();
    }

    private static double matrices(Map<String, Shape> modules, String part) {
        return modules.entrySet().stream()
                .filter(module -> module.getKey().startsWith(part))
                .mapToDouble(module -> module.getValue().size())
                .sum();
    }

    /**
     * Hours of one device.
     *
     * @param operations in all
     * @param teraflops that it does per second in bfloat16, as it is used and not at its peak
     */
    public static double hours(double operations, double teraflops) {
        return operations / (teraflops * TERA) / 3600;
    }

    /** In the order to be shown: what to what. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("weights", String.format(Locale.ROOT, "%,d", weights()));
        facts.put("trained with LoRA", String.format(Locale.ROOT, "%,d", trained()));
        facts.put("around", String.join(", ", around()));
        facts.put(
                "operations",
                String.format(
                        Locale.ROOT,
                        "%.3g per question of training, %.3g per question tested, of %d tokens with the picture's",
                        training(),
                        forward(),
                        config.imageTokens() + TEXT));
        return facts;
    }
}
