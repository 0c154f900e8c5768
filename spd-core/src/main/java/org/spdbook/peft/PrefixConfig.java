package org.spdbook.peft;

import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.PrefixTable;

/**
 * Prefix tuning: trained keys and values before those of all tokens, in every layer. Li, Liang, <i>Prefix-tuning</i>, ACL 2021, without
 * re-parameterisation, as in Hugging Face peft. They begin standard normal, as PyTorch's embeddings.
 *
 * @param tokens length of the prefix, at least 1
 */
public record PrefixConfig(int tokens) implements AdapterConfig {

    /** Of attention that reads a prefix; other models have a k_proj too. */
    private static final String KEYS = "model\\.layers\\.\\d+\\.self_attn\\.k_proj";

    public PrefixConfig {
        if (tokens < 1) {
            throw new IllegalArgumentException(
                    "a prefix needs at least one token, got " + tokens + "; 10 is that of LLM-Adapters");
        }
    }

    @Override
    public Map<String, Shape> shapes(Map<String, Shape> modules) {
        long keys = modules.entrySet().stream()
                .filter(entry -> entry.getKey().matches(KEYS))
                .mapToLong(entry -> entry.getValue().get(0))
                .sum();
        if (keys == 0) {
            throw new IllegalArgumentException(
                    "a prefix needs a model like LLaMA, whose keys are made by model.layers.N.self_attn.k_proj; found "
                            + modules.keySet().stream().limit(7).toList() + "; choose lora");
        }
        return Map.of(PrefixTable.NAME, new Shape(tokens, 2 * keys));
    }

    /** Itself: a prefix is put around no module. */
    @Override
    public PrefixConfig without(Collection<String> modules) {
        return this;
    }

    @Override
    public Attached attach(Parameters parameters, RandomGenerator random) {
        Map<String, Shape> shapes = shapes(AdapterConfig.linear(parameters));
        return new Attached(parameters, shapes, name -> random::nextGaussian);
    }
}
