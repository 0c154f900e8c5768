package org.spdbook.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.spdbook.nn.Activation;

/**
 * Sizes of LLaMA, or of a model that is built like it.
 *
 * @param build what it is
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
        Build build,
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

    private static final int NONE = -1;

    /** Models that are built alike. */
    public enum Build {
        /** Touvron et al., 2023. */
        LLAMA("llama", "LlamaForCausalLM", 0),
        /** Gemma Team, 2024: its normalisations multiply by 1 + weight, and its tokens are multiplied by the root of the width. */
        GEMMA("gemma", "GemmaForCausalLM", 1);

        private final String type;
        private final String architecture;
        private final double offset;

        Build(String type, String architecture, double offset) {
            this.type = type;
            this.architecture = architecture;
            this.offset = offset;
        }

        private static Build of(String type) {
            return Arrays.stream(values())
                    .filter(one -> one.type.equals(type))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the configuration is of a " + type
                            + ", a model of model_type llama or gemma is needed; give the folder of one"));
        }

        /** Sizes of which a configuration tells what differs: LLaMA-7B and Gemma-7B. */
        private LlamaConfig usual() {
            return this == LLAMA
                    ? of7B()
                    : new LlamaConfig(
                            GEMMA,
                            256_000,
                            3072,
                            24_576,
                            28,
                            16,
                            16,
                            256,
                            Activation.GELU_TANH,
                            1e-6,
                            Rotary.of(10_000),
                            true,
                            0,
                            List.of(1));
        }
    }

    /** Sizes of LLaMA itself. */
    public LlamaConfig(
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
        this(
                Build.LLAMA,
                vocabulary,
                width,
                hidden,
                depth,
                heads,
                groups,
                headWidth,
                activation,
                eps,
                rotary,
                tied,
                padding,
                ends);
    }

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
     * Reads a {@code config.json} of the hub; what it leaves out has the hub's default, LLaMA-7B or Gemma-7B.
     *
     * @throws IllegalArgumentException if a size is none, or something is asked for that is not here: another kind of model, biases
     */
    public static LlamaConfig of(JsonObject json) {
        var all = new ConfigJson(json);
        Build build = Build.of(all.text("model_type", Build.LLAMA.type));
        LlamaConfig usual = build.usual();
        all.require("attention_bias", false);
        all.require("mlp_bias", false);
        int width = all.integer("hidden_size", usual.width);
        int heads = all.integer("num_attention_heads", usual.heads);
        return new LlamaConfig(
                build,
                all.integer("vocab_size", usual.vocabulary),
                width,
                all.integer("intermediate_size", usual.hidden),
                all.integer("num_hidden_layers", usual.depth),
                heads,
                all.integer("num_key_value_heads", build == Build.LLAMA ? heads : usual.groups),
                all.integer("head_dim", build == Build.LLAMA ? width / Math.max(1, heads) : usual.headWidth),
                activation(all, usual),
                all.number("rms_norm_eps", usual.eps),
                Rotary.of(all),
                all.flag("tie_word_embeddings", usual.tied),
                all.integer("pad_token_id", usual.padding),
                build == Build.LLAMA || all.has("eos_token_id") ? all.integerOrList("eos_token_id") : usual.ends);
    }

    /** Gemma's first configurations say gelu and mean its approximation. */
    private static Activation activation(ConfigJson all, LlamaConfig usual) {
        Activation said = Activation.of(all.text("hidden_act", usual.activation.word()));
        return usual.build == Build.GEMMA && said == Activation.GELU ? usual.activation : said;
    }

    /** What normalisations add to their weights. */
    double normOffset() {
        return build.offset;
    }

    /** What tokens of the table are multiplied by. */
    double tokenScale() {
        return build == Build.GEMMA ? Math.sqrt(width) : 1;
    }

    /** These sizes as a {@code config.json} of the hub. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        JsonArray architectures = new JsonArray();
        architectures.add(build.architecture);
        json.add("architectures", architectures);
        json.addProperty("model_type", build.type);
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
