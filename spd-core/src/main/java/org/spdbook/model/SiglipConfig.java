package org.spdbook.model;

import com.google.gson.JsonObject;
import org.spdbook.nn.Activation;

/**
 * Sizes of the image tower of SigLIP.
 *
 * @param tower its blocks
 * @param side of the square input, in pixels
 * @param patch side of a patch; what is left of the image at the right and the bottom is not looked at
 * @param channels of the input
 */
public record SiglipConfig(TowerConfig tower, int side, int patch, int channels) {

    private static final String TYPE = "siglip_vision_model";
    private static final double EPS = 1e-6;

    public SiglipConfig {
        if (patch < 1 || side < patch || channels < 1) {
            throw new IllegalArgumentException("SigLIP needs images of at least one patch and one channel, got side "
                    + side + ", patch " + patch + " and " + channels + " channels; correct the configuration");
        }
    }

    /** SigLIP-So400m of patches of 14 pixels, in PaliGemma for images of 224. */
    public static SiglipConfig so400m() {
        return new SiglipConfig(new TowerConfig(1152, 27, 16, 4304, Activation.GELU_TANH, EPS), 224, 14, 3);
    }

    /**
     * Reads the {@code vision_config} of a {@code config.json} of the hub; what it leaves out has the hub's default, SigLIP-Base of patches of 16.
     *
     * @throws IllegalArgumentException if a size is none, or it is another kind of tower
     */
    static SiglipConfig of(ConfigJson json) {
        String type = json.text("model_type", TYPE);
        if (!type.equals(TYPE)) {
            throw new IllegalArgumentException("the configuration has an image tower of model_type " + type + ", "
                    + TYPE + " is needed; take other weights");
        }
        return new SiglipConfig(
                new TowerConfig(
                        json.integer("hidden_size", 768),
                        json.integer("num_hidden_layers", 12),
                        json.integer("num_attention_heads", 12),
                        json.integer("intermediate_size", 3072),
                        Activation.of(json.text("hidden_act", Activation.GELU_TANH.word())),
                        json.number("layer_norm_eps", EPS)),
                json.integer("image_size", 224),
                json.integer("patch_size", 16),
                json.integer("num_channels", 3));
    }

    /** Tokens of an image: its patches. */
    public int tokens() {
        return (side / patch) * (side / patch);
    }

    /** These sizes as a {@code vision_config} of the hub, of a tower without the head that SigLIP itself has. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("model_type", TYPE);
        json.addProperty("hidden_size", tower.width());
        json.addProperty("num_hidden_layers", tower.depth());
        json.addProperty("num_attention_heads", tower.heads());
        json.addProperty("intermediate_size", tower.hidden());
        json.addProperty("hidden_act", tower.activation().word());
        json.addProperty("layer_norm_eps", tower.eps());
        json.addProperty("image_size", side);
        json.addProperty("patch_size", patch);
        json.addProperty("num_channels", channels);
        json.addProperty("vision_use_head", false);
        return json;
    }
}
