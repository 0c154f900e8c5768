package org.spdbook.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.spdbook.nn.Activation;

/**
 * Sizes of LLaMA.
 *
 * @param vocabulary number of ids
 * @param width of the tokens
 * @param hidden width inside the MLP
 * @param depth number of blocks
 * @param heads of the queries
 * @param groups heads of keys and values; divides the heads
 * @param headWidth of each head, even
 * @param activation of the gate
 * @param eps of the normalisations
 * @param rotary of the positions
 * @param tied whether the head is the table of the tokens
 * @param padding id of the filling, whose row of the table gets no gradient; -1 for none
 * @param ends ids that end a text, in the order of the configuration; may be empty
 */
public record LlamaConfig(
        int vocabulary,
        int width,
        int hidden,
        int depth,
        int heads,
        int groups,
        int headWidth,
        Activation activation,
        double eps,
        Rotary rotary,
        boolean tied,
        int padding,
        List<Integer> ends) {

    private static final String TYPE = "llama";
    private static final int NONE = -1;

    public LlamaConfig {
        ends = List.copyOf(ends);
        if (vocabulary < 1 || width < 1 || hidden < 1 || depth < 0) {
            throw new IllegalArgumentException(
                    "LLaMA needs a vocabulary, a width and a hidden width of at least 1, got " + vocabulary + ", "
                            + width + " and " + hidden + "; correct the configuration");
        }
        if (groups < 1 || heads % groups != 0 || headWidth < 2 || headWidth % 2 != 0) {
            throw new IllegalArgumentException(
                    "LLaMA needs heads that are a multiple of the key-value heads, of an even" + " width, got " + heads
                            + ", " + groups + " and " + headWidth + "; correct the configuration");
        }
    }

    /** LLaMA-7B of 2023. */
    public static LlamaConfig of7B() {
        return first(4096, 11008, 32, 32);
    }

    /** LLaMA-13B of 2023. */
    public static LlamaConfig of13B() {
        return first(5120, 13824, 40, 40);
    }

    private static LlamaConfig first(int width, int hidden, int depth, int heads) {
        return new LlamaConfig(
                32_000,
                width,
                hidden,
                depth,
                heads,
                heads,
                width / heads,
                Activation.SILU,
                1e-6,
                Rotary.of(10_000),
                false,
                NONE,
                List.of(2));
    }

    /**
     * Reads a {@code config.json} of the hub; what it leaves out has the hub's default, LLaMA-7B.
     *
     * @throws IllegalArgumentException if a size is none, or something is asked for that is not here: another kind of model, biases
     */
    public static LlamaConfig of(JsonObject json) {
        var all = new ConfigJson(json);
        String type = all.text("model_type", TYPE);
        if (!type.equals(TYPE)) {
            throw new IllegalArgumentException("the configuration is of a " + type
                    + ", a model of model_type llama is needed; give the folder of one");
        }
        all.require("attention_bias", false);
        all.require("mlp_bias", false);
        int width = all.integer("hidden_size", 4096);
        int heads = all.integer("num_attention_heads", 32);
        return new LlamaConfig(
                all.integer("vocab_size", 32_000),
                width,
                all.integer("intermediate_size", 11_008),
                all.integer("num_hidden_layers", 32),
                heads,
                all.integer("num_key_value_heads", heads),
                all.integer("head_dim", width / Math.max(1, heads)),
                Activation.of(all.text("hidden_act", Activation.SILU.word())),
                all.number("rms_norm_eps", 1e-6),
                Rotary.of(all),
                all.flag("tie_word_embeddings", false),
                all.integer("pad_token_id", NONE),
                all.integerOrList("eos_token_id"));
    }

    /** These sizes as a {@code config.json} of the hub. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        JsonArray architectures = new JsonArray();
        architectures.add("LlamaForCausalLM");
        json.add("architectures", architectures);
        json.addProperty("model_type", TYPE);
        json.addProperty("vocab_size", vocabulary);
        json.addProperty("hidden_size", width);
        json.addProperty("intermediate_size", hidden);
        json.addProperty("num_hidden_layers", depth);
        json.addProperty("num_attention_heads", heads);
        json.addProperty("num_key_value_heads", groups);
        json.addProperty("head_dim", headWidth);
        json.addProperty("hidden_act", activation.word());
        json.addProperty("rms_norm_eps", eps);
        rotary.writeTo(json);
        json.addProperty("tie_word_embeddings", tied);
        if (padding != NONE) {
            json.addProperty("pad_token_id", padding);
        }
        JsonArray all = new JsonArray();
        ends.forEach(all::add);
        if (ends.size() == 1) {
            json.addProperty("eos_token_id", ends.get(0));
        } else if (!ends.isEmpty()) {
            json.add("eos_token_id", all);
        }
        return json;
    }
}
