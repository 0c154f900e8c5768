package org.spdbook.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.Activation;
import org.spdbook.nn.LayerNorm;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;

/**
 * Sizes of CLIP.
 *
 * @param image the image tower
 * @param text the text tower; null for weights that have none
 * @param embedding size of the embeddings that both towers project to
 */
public record ClipConfig(Image image, @Nullable Text text, int embedding) {

    private static final String MODEL_TYPE = "model_type";
    private static final String IMAGE_ALONE = "clip_vision_model";
    private static final String EMBEDDING = "projection_dim";
    private static final int HEAD_WIDTH = 64;
    private static final int LARGEST_ID = 2;

    /**
     * Sizes of the image tower.
     *
     * @param tower its blocks
     * @param side of the square input, in pixels
     * @param patch side of a patch; what is left of the image at the right and the bottom is not looked at
     * @param channels of the input
     */
    public record Image(TowerConfig tower, int side, int patch, int channels) {

        /** Number of patches and the class token. */
        public int tokens() {
            return (side / patch) * (side / patch) + 1;
        }
    }

    /**
     * Sizes of the text tower.
     *
     * @param tower its blocks
     * @param context most tokens of a text
     * @param vocabulary number of ids
     * @param end id whose first place is read out; 2 stands for the largest id of each text, as in OpenAI's files
     */
    public record Text(TowerConfig tower, int context, int vocabulary, int end) {

        /** Whether the token with the largest id is read out. */
        public boolean endsAtLargest() {
            return end == LARGEST_ID;
        }
    }

    /**
     * Reads a {@code config.json} of the hub; what it leaves out has the hub's default, ViT-B/32.
     *
     * @throws IllegalArgumentException if a size is none
     */
    public static ClipConfig of(JsonObject json) {
        var all = new ConfigJson(json);
        int embedding = all.integer(EMBEDDING, 512);
        if (all.text(MODEL_TYPE, "").equals(IMAGE_ALONE)) {
            return new ClipConfig(image(all), null, embedding);
        }
        ConfigJson text = all.object("text_config");
        return new ClipConfig(
                image(all.object("vision_config")),
                new Text(
                        tower(text, 512, 2048, 8),
                        text.integer("max_position_embeddings", 77),
                        text.integer("vocab_size", 49408),
                        text.integer("eos_token_id", 49407)),
                embedding);
    }

    private static Image image(ConfigJson json) {
        return new Image(
                tower(json, 768, 3072, 12),
                json.integer("image_size", 224),
                json.integer("patch_size", 32),
                json.integer("num_channels", 3));
    }

    /** These sizes as a {@code config.json} of the hub. */
    JsonObject toJson() {
        JsonObject vision = json(image.tower());
        vision.addProperty("image_size", image.side());
        vision.addProperty("patch_size", image.patch());
        vision.addProperty("num_channels", image.channels());
        vision.addProperty(EMBEDDING, embedding);
        if (text == null) {
            return named(vision, IMAGE_ALONE, "CLIPVisionModelWithProjection");
        }
        JsonObject words = json(text.tower());
        words.addProperty("max_position_embeddings", text.context());
        words.addProperty("vocab_size", text.vocabulary());
        words.addProperty("eos_token_id", text.end());
        words.addProperty(EMBEDDING, embedding);
        JsonObject json = new JsonObject();
        json.addProperty(EMBEDDING, embedding);
        json.add("vision_config", vision);
        json.add("text_config", words);
        return named(json, "clip", "CLIPModel");
    }

    private static JsonObject named(JsonObject json, String type, String architecture) {
        json.addProperty(MODEL_TYPE, type);
        JsonArray names = new JsonArray();
        names.add(architecture);
        json.add("architectures", names);
        return json;
    }

    private static JsonObject json(TowerConfig tower) {
        JsonObject json = new JsonObject();
        json.addProperty("hidden_size", tower.width());
        json.addProperty("num_hidden_layers", tower.depth());
        json.addProperty("num_attention_heads", tower.heads());
        json.addProperty("intermediate_size", tower.hidden());
        json.addProperty("hidden_act", tower.activation().word());
        json.addProperty("layer_norm_eps", tower.eps());
        return json;
    }

    private static TowerConfig tower(ConfigJson json, int width, int hidden, int heads) {
        return new TowerConfig(
                json.integer("hidden_size", width),
                json.integer("num_hidden_layers", 12),
                json.integer("num_attention_heads", heads),
                json.integer("intermediate_size", hidden),
                Activation.of(json.text("hidden_act", "quick_gelu")),
                json.number("layer_norm_eps", LayerNorm.DEFAULT_EPS));
    }

    /**
     * The sizes that the tensors of a file have, with what no shape tells as OpenAI's models have it: heads of width 64, QuickGELU.
     *
     * @param map the file's names
     * @throws IllegalArgumentException if a tensor is missing
     */
    public static ClipConfig of(TensorFile file, KeyMap map) {
        long[] patch = shape(file, map, ClipVit.PATCHES);
        int positions = (int) length(shape(file, map, ClipVit.IMAGE_POSITIONS), patch[0]);
        int side = (int) Math.round(Math.sqrt(positions - 1.0));
        Image image = new Image(
                tower(file, map, ClipVit.IMAGE, (int) patch[0]), side * (int) patch[2], (int) patch[2], (int) patch[1]);
        long embedding = length(shape(file, map, ClipVit.IMAGE_PROJECTION), patch[0]);
        if (!file.has(map.source(ClipVit.TOKENS).key())) {
            return new ClipConfig(image, null, (int) embedding);
        }
        long[] tokens = shape(file, map, ClipVit.TOKENS);
        int context = (int) length(shape(file, map, ClipVit.TEXT_POSITIONS), tokens[1]);
        Text text = new Text(tower(file, map, ClipVit.TEXT, (int) tokens[1]), context, (int) tokens[0], LARGEST_ID);
        return new ClipConfig(image, text, (int) embedding);
    }

    private static TowerConfig tower(TensorFile file, KeyMap map, String prefix, int width) {
        int depth = 0;
        while (file.has(
                map.source(ClipVit.block(prefix, depth) + ".layer_norm1.weight").key())) {
            depth++;
        }
        long hidden = depth == 0 ? width : shape(file, map, ClipVit.block(prefix, 0) + ".mlp.fc1.weight")[0];
        return new TowerConfig(
                width,
                depth,
                Math.max(1, width / HEAD_WIDTH),
                (int) hidden,
                Activation.QUICK_GELU,
                LayerNorm.DEFAULT_EPS);
    }

    private static long[] shape(TensorFile file, KeyMap map, String name) {
        return file.info(map.source(name).key()).shape();
    }

    /** The other extent of a matrix, whichever way it lies. */
    private static long length(long[] shape, long width) {
        long all = 1;
        for (long extent : shape) {
            all *= extent;
        }
        return all / width;
    }
}
