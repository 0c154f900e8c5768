package org.spdbook.experiment.commonsense;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.spdbook.data.commonsense.CommonsenseEncoding;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.ModelFolder;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.peft.MemoryPlan;

/**
 * What training and testing take, counted and not measured. A token costs two operations per weight forward and two more backward through
 * a frozen weight, which needs no gradient of its own; attention over at most 256 tokens adds a few percent and is left out.
 *
 * @param weights that are there
 * @param adapters of the recipe, LoRA
 * @param texts that a test writes at once
 */
record LlamaCost(HubWeights weights, AdapterConfig adapters, int texts) {

    private static final int FORWARD = 2;
    private static final int BACKWARD = 2;
    private static final long PART = 4;

    /** In the order to be shown: what to what. */
    Map<String, String> facts() {
        try (ModelFolder files = ModelFolder.open(weights.folder())) {
            return facts(LlamaConfig.of(files.config()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "reading the configuration in " + weights.folder() + " failed: " + e.getMessage(), e);
        }
    }

    private Map<String, String> facts(LlamaConfig config) {
        Map<String, Shape> shapes = Llama.shapes(config);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "weights", count(shapes.values().stream().mapToLong(Shape::size).sum()));
        facts.put("trained with LoRA", count(adapters.count(AdapterConfig.modules(shapes))));
        facts.put(
                "memory with LoRA",
                String.format(
                        Locale.ROOT,
                        "%.1f GB planned for parts of %d questions of %d tokens and Adam; %.1f GB with recompute=true",
                        gigabytes(config, false),
                        PART,
                        CommonsenseEncoding.LONGEST,
                        gigabytes(config, true)));
        facts.put(
                "memory of a test",
                String.format(
                        Locale.ROOT,
                        "beside the weights %.1f GB of keys and values of %d texts of %d tokens",
                        2e-9
                                * Float.BYTES
                                * config.depth()
                                * config.groups()
                                * config.headWidth()
                                * texts
                                * CommonsenseEncoding.LONGEST,
                        texts,
                        CommonsenseEncoding.LONGEST));
        facts.put(
                "operations",
                String.format(
                        Locale.ROOT,
                        "%.3g per token of training, %.3g per token read or written in a test",
                        (double) (FORWARD + BACKWARD) * multiplied(config),
                        (double) FORWARD * multiplied(config)));
        return facts;
    }

    private double gigabytes(LlamaConfig config, boolean recompute) {
        var batch = new MemoryPlan.Batch(PART, CommonsenseEncoding.LONGEST);
        return new MemoryPlan(config, adapters, batch, DataType.BFLOAT16, 2).total(recompute) / 1e9;
    }

    /** Weights that a token is multiplied with: all matrices but the table of tokens, which is looked up. */
    private static long multiplied(LlamaConfig config) {
        return AdapterConfig.modules(Llama.shapes(config)).values().stream()
                .mapToLong(Shape::size)
                .sum();
    }

    private static String count(long values) {
        return String.format(Locale.ROOT, "%,d", values);
    }
}
