package org.spdbook.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.spdbook.nn.Activation;
import org.spdbook.nn.LayerNorm;

/**
 * Sizes of a Swin transformer.
 *
 * @param image side of the images that the model is made for, in pixels; others fit as well
 * @param patch side of a patch
 * @param channels of the input
 * @param width of the tokens of the first stage; each later one has twice that of the one before
 * @param depths number of blocks of each stage
 * @param heads of each stage
 * @param window side of the windows, in tokens
 * @param mlpRatio width inside the MLPs over that of the tokens
 * @param activation of the MLPs
 * @param eps of the normalisations
 * @param dropPath share of the examples whose last block is left out in training, in [0, 1); 0 at the first block, rising evenly
 * @param classes of the classifier; 0 for none
 */
public record SwinConfig(
        int image,
        int patch,
        int channels,
        int width,
        List<Integer> depths,
        List<Integer> heads,
        int window,
        double mlpRatio,
        Activation activation,
        double eps,
        double dropPath,
        int classes) {

    public SwinConfig {
        depths = List.copyOf(depths);
        heads = List.copyOf(heads);
        if (depths.isEmpty()
                || depths.size() != heads.size()
                || patch < 1
                || window < 1
                || classes < 0
                || !(dropPath >= 0 && dropPath < 1)) {
            throw new IllegalArgumentException(
                    "Swin needs as many depths as heads, got depths " + depths + ", heads " + heads + ", patch " + patch
                            + ", window " + window + ", drop path " + dropPath + "; correct the configuration");
        }
        for (int stage = 0; stage < heads.size(); stage++) {
            if (heads.get(stage) < 1 || (width << stage) % heads.get(stage) != 0) {
                throw new IllegalArgumentException("the heads of a Swin stage must divide its width " + (width << stage)
                        + ", got " + heads.get(stage) + "; correct the configuration");
            }
        }
    }

    /** Swin-T, with classes. */
    public static SwinConfig tiny(int classes) {
        return named(96, List.of(2, 2, 6, 2), List.of(3, 6, 12, 24), classes);
    }

    /** Swin-S, with classes. */
    public static SwinConfig small(int classes) {
        return named(96, List.of(2, 2, 18, 2), List.of(3, 6, 12, 24), classes);
    }

    /** Swin-B, with classes. */
    public static SwinConfig base(int classes) {
        return named(128, List.of(2, 2, 18, 2), List.of(4, 8, 16, 32), classes);
    }

    private static SwinConfig named(int width, List<Integer> depths, List<Integer> heads, int classes) {
        return new SwinConfig(
                224, 4, 3, width, depths, heads, 7, 4, Activation.GELU, LayerNorm.DEFAULT_EPS, .1, classes);
    }

    /**
     * Reads a {@code config.json} of the hub; what it leaves out has the hub's default, Swin-T.
     *
     * @param classes of the classifier in the weights; 0 for none
     * @throws IllegalArgumentException if a size is none, or something is asked for that is not here: absolute positions, no bias of
     *     the queries
     */
    public static SwinConfig of(JsonObject json, int classes) {
        var all = new ConfigJson(json);
        SwinConfig tiny = tiny(classes);
        all.require("use_absolute_embeddings", false);
        all.require("qkv_bias", true);
        return new SwinConfig(
                all.integer("image_size", tiny.image),
                all.integer("patch_size", tiny.patch),
                all.integer("num_channels", tiny.channels),
                all.integer("embed_dim", tiny.width),
                all.integers("depths", tiny.depths),
                all.integers("num_heads", tiny.heads),
                all.integer("window_size", tiny.window),
                all.number("mlp_ratio", tiny.mlpRatio),
                Activation.of(all.text("hidden_act", "gelu")),
                all.number("layer_norm_eps", tiny.eps),
                all.number("drop_path_rate", tiny.dropPath),
                classes);
    }

    /** These sizes as a {@code config.json} of the hub. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("model_type", "swin");
        json.addProperty("image_size", image);
        json.addProperty("patch_size", patch);
        json.addProperty("num_channels", channels);
        json.addProperty("embed_dim", width);
        json.add("depths", numbers(depths));
        json.add("num_heads", numbers(heads));
        json.addProperty("window_size", window);
        json.addProperty("mlp_ratio", mlpRatio);
        json.addProperty("hidden_act", activation.word());
        json.addProperty("layer_norm_eps", eps);
        json.addProperty("drop_path_rate", dropPath);
        JsonObject labels = new JsonObject();
        for (int i = 0; i < classes; i++) {
            labels.addProperty(Integer.toString(i), "LABEL_" + i);
        }
        json.add("id2label", labels);
        return json;
    }

    private static JsonArray numbers(List<Integer> all) {
        JsonArray array = new JsonArray();
        all.forEach(array::add);
        return array;
    }

    /** Number of stages. */
    public int stages() {
        return depths.size();
    }

    /** Width of the tokens of a stage, from 0. */
    public int width(int stage) {
        return width << stage;
    }

    /** Share of the examples for which a block is left out in training: from 0 at the first to {@link #dropPath} at the last. */
    double dropPath(int stage, int block) {
        int before =
                depths.subList(0, stage).stream().mapToInt(Integer::intValue).sum() + block;
        int all = depths.stream().mapToInt(Integer::intValue).sum();
        return all == 1 ? 0 : dropPath * before / (all - 1);
    }

    /** Width inside the MLPs of a stage. */
    int hidden(int stage) {
        return (int) (mlpRatio * width(stage));
    }

    /**
     * Whether the grid of a stage is shifted in every second block. One that is a single window at the size the model is made for
     * is not, however large an image is: so the original decides it, and the copy in transformers once it has seen such an image.
     */
    boolean shifts(int stage) {
        int grid = (image + patch - 1) / patch;
        for (int i = 0; i < stage; i++) {
            grid = (grid + 1) / 2;
        }
        return grid > window;
    }

    /** These sizes for images of another side. */
    public SwinConfig withImage(int side) {
        return new SwinConfig(
                side, patch, channels, width, depths, heads, window, mlpRatio, activation, eps, dropPath, classes);
    }

    /** These sizes with another number of classes. */
    SwinConfig withClasses(int count) {
        return new SwinConfig(
                image, patch, channels, width, depths, heads, window, mlpRatio, activation, eps, dropPath, count);
    }
}
