package org.spdbook.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.spdbook.nn.Activation;

/**
 * Sizes of PaliGemma.
 *
 * @param vision the image tower
 * @param text the decoder, a Gemma
 * @param imageId id in whose places the tokens of images stand; it need not be in the vocabulary
 */
public record PaliGemmaConfig(SiglipConfig vision, LlamaConfig text, int imageId) {

    private static final String TYPE = "paligemma";
    private static final String MODEL_TYPE = "model_type";
    private static final String GEMMA = "gemma";
    private static final String TEXT = "text_config";
    private static final String VISION = "vision_config";
    private static final String WIDTH = "projection_dim";
    private static final String TIED = "tie_word_embeddings";
    private static final String ENDS = "eos_token_id";
    private static final int BOS = 2;

    public PaliGemmaConfig {
        if (text.build() != LlamaConfig.Build.GEMMA) {
            throw new IllegalArgumentException("PaliGemma's decoder is a gemma, got a "
                    + text.build().name().toLowerCase(java.util.Locale.ROOT) + "; correct text_config");
        }
    }

    /** PaliGemma-3B for images of 224 pixels, pre-trained. */
    public static PaliGemmaConfig of3B() {
        return new PaliGemmaConfig(
                SiglipConfig.so400m(),
                new LlamaConfig(
                        LlamaConfig.Build.GEMMA,
                        257_216,
                        2048,
                        16_384,
                        18,
                        8,
                        1,
                        256,
                        Activation.GELU_TANH,
                        1e-6,
                        Rotary.of(10_000),
                        true,
                        0,
                        List.of(1)),
                257_152);
    }

    /**
     * Reads a {@code config.json} of the hub. What its parts leave out has the default of Gemma-7B and SigLIP-Base, where a whole part is left out that of
     * transformers' {@code PaliGemmaConfig}.
     *
     * @throws IllegalArgumentException if a size is none, sizes do not fit each other, or something is asked for that is not here
     */
    public static PaliGemmaConfig of(JsonObject json) {
        var all = new ConfigJson(json);
        String type = all.text(MODEL_TYPE, TYPE);
        if (!type.equals(TYPE)) {
            throw new IllegalArgumentException("the configuration is of a " + type + ", one of model_type " + TYPE
                    + " is needed; give the folder of one");
        }
        SiglipConfig vision = all.has(VISION) ? SiglipConfig.of(all.object(VISION)) : usualVision();
        LlamaConfig text = LlamaConfig.of(text(all));
        int projected = all.integer(WIDTH, 2048);
        if (projected != text.width()) {
            throw new IllegalArgumentException("the configuration projects images to width " + projected
                    + ", the decoder has width " + text.width() + "; correct " + WIDTH + " or " + TEXT);
        }
        return new PaliGemmaConfig(vision, text, all.integer("image_token_index", 256_000));
    }

    /** Where {@code vision_config} is left out; narrower inside the MLPs than the weights on the hub. */
    private static SiglipConfig usualVision() {
        SiglipConfig usual = SiglipConfig.so400m();
        TowerConfig tower = usual.tower();
        return new SiglipConfig(
                new TowerConfig(tower.width(), tower.depth(), tower.heads(), 4096, tower.activation(), tower.eps()),
                usual.side(),
                usual.patch(),
                usual.channels());
    }

    /** The decoder's part, with what the whole says of it. */
    private static JsonObject text(ConfigJson all) {
        JsonObject text = all.object(TEXT).json().deepCopy();
        if (!all.has(TEXT)) {
            text.addProperty("vocab_size", all.integer("vocab_size", 257_152));
            text.addProperty("hidden_size", 2048);
            text.addProperty("intermediate_size", 16_384);
            text.addProperty("num_hidden_layers", 18);
            text.addProperty("num_attention_heads", 8);
            text.addProperty("num_key_value_heads", 1);
        }
        text.addProperty(MODEL_TYPE, new ConfigJson(text).text(MODEL_TYPE, GEMMA));
        text.addProperty(TIED, all.flag(TIED, true));
        if (all.has(ENDS)) {
            text.add(ENDS, all.json().get(ENDS));
        }
        return text;
    }

    /** Tokens of an image. */
    public int imageTokens() {
        return vision.tokens();
    }

    /** These sizes as a {@code config.json} of the hub. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        JsonArray architectures = new JsonArray();
        architectures.add("PaliGemmaForConditionalGeneration");
        json.add("architectures", architectures);
        json.addProperty(MODEL_TYPE, TYPE);
        json.addProperty("image_token_index", imageId);
        json.addProperty("hidden_size", text.width());
        json.addProperty(WIDTH, text.width());
        json.addProperty(TIED, text.tied());
        json.addProperty("bos_token_id", BOS);
        JsonObject decoder = text.toJson();
        for (String id : List.of(ENDS, "pad_token_id")) {
            if (decoder.has(id)) {
                json.add(id, decoder.get(id));
            }
        }
        JsonObject vision = this.vision.toJson();
        vision.addProperty(WIDTH, text.width());
        json.add(VISION, vision);
        json.add(TEXT, decoder);
        return json;
    }
}
