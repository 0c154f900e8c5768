package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Mlp;
import org.spdbook.nn.ParameterFile;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.SelfAttention;
import org.spdbook.nn.Shapes;
import org.spdbook.nn.TransformerBlock;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;

/**
 * CLIP with a vision transformer (Radford et al., <i>Learning transferable visual models from natural language supervision</i>,
 * 2021): image and text embeddings in one space. Its tensors are named as on the Hugging Face hub, {@code CLIPModel}. Owns its parameters.
 */
public final class ClipVit implements AutoCloseable {

    static final String IMAGE = "vision_model";
    static final String TEXT = "text_model";
    static final String CLASS = "vision_model.embeddings.class_embedding";
    static final String PATCHES = "vision_model.embeddings.patch_embedding.weight";
    static final String IMAGE_POSITIONS = "vision_model.embeddings.position_embedding.weight";
    static final String IMAGE_PROJECTION = "visual_projection.weight";
    static final String TOKENS = "text_model.embeddings.token_embedding.weight";
    static final String TEXT_POSITIONS = "text_model.embeddings.position_embedding.weight";
    static final String TEXT_PROJECTION = "text_projection.weight";
    static final List<String> QKV = List.of("q", "k", "v");

    /** Name of the logarithm of the factor of the logits. */
    public static final String LOGIT_SCALE = "logit_scale";

    private final ClipConfig config;
    private final Parameters parameters;
    private final List<TransformerBlock> imageBlocks;
    private final List<TransformerBlock> textBlocks;

    /**
     * A model on its parameters.
     *
     * @param parameters named as in {@link #shapes}; the model closes them
     */
    public ClipVit(ClipConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        this.imageBlocks = blocks(parameters, IMAGE, config.image().tower(), false);
        this.textBlocks = config.text() == null
                ? List.of()
                : blocks(parameters, TEXT, config.text().tower(), true);
    }

    /**
     * The model of a folder of the hub: {@code config.json} and its weights.
     *
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static ClipVit open(NDManager owner, Path folder) throws IOException {
        try (ModelFolder files = ModelFolder.open(folder)) {
            return read(owner, ClipConfig.of(files.config()), files.weights(), KeyMap.hub());
        }
    }

    /**
     * The image tower alone of a folder of the hub.
     *
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static ClipVit imageTower(NDManager owner, Path folder) throws IOException {
        try (ModelFolder files = ModelFolder.open(folder)) {
            ClipConfig config = ClipConfig.of(files.config());
            return read(owner, new ClipConfig(config.image(), null, config.embedding()), files.weights(), KeyMap.hub());
        }
    }

    /**
     * The model of a file of the hub, of OpenAI or of timm, which has the image tower alone; the sizes are those of its tensors.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static ClipVit of(NDManager owner, TensorFile file) {
        KeyMap map = ParameterFile.origin(
                file, List.of(CLASS, PATCHES, IMAGE_POSITIONS, IMAGE_PROJECTION), ClipOrigins.all());
        return read(owner, ClipConfig.of(file, map), file, map);
    }

    private static ClipVit read(NDManager owner, ClipConfig config, TensorFile file, KeyMap map) {
        return new ClipVit(config, ParameterFile.read(owner, file, shapes(config), map));
    }

    static String block(String tower, int i) {
        return tower + ".encoder.layers." + i;
    }

    /** The blocks of a tower. */
    static List<TransformerBlock> blocks(Parameters parameters, String tower, TowerConfig sizes, boolean causal) {
        return IntStream.range(0, sizes.depth())
                .mapToObj(i -> block(tower, i))
                .map(prefix -> new TransformerBlock(
                        LayerNorm.of(parameters, prefix + ".layer_norm1", sizes.eps()),
                        new SelfAttention(
                                Linear.of(parameters, prefix + ".self_attn.q_proj"),
                                Linear.of(parameters, prefix + ".self_attn.k_proj"),
                                Linear.of(parameters, prefix + ".self_attn.v_proj"),
                                Linear.of(parameters, prefix + ".self_attn.out_proj"),
                                sizes.heads(),
                                causal)::forward,
                        LayerNorm.of(parameters, prefix + ".layer_norm2", sizes.eps()),
                        new Mlp(
                                Linear.of(parameters, prefix + ".mlp.fc1"),
                                sizes.activation(),
                                Linear.of(parameters, prefix + ".mlp.fc2"))::forward))
                .toList();
    }

    /** Names and shapes of all parameters, in the order of the forward pass. */
    public static Map<String, Shape> shapes(ClipConfig config) {
        Shapes shapes = new Shapes();
        ClipConfig.Image image = config.image();
        int width = image.tower().width();
        shapes.add(CLASS, width)
                .add(PATCHES, width, image.channels(), image.patch(), image.patch())
                .add(IMAGE_POSITIONS, image.tokens(), width)
                .norm(IMAGE + ".pre_layrnorm", width);
        blocks(shapes, IMAGE, image.tower());
        shapes.norm(IMAGE + ".post_layernorm", width).add(IMAGE_PROJECTION, config.embedding(), width);
        ClipConfig.Text text = config.text();
        if (text != null) {
            shapes.add(TOKENS, text.vocabulary(), text.tower().width())
                    .add(TEXT_POSITIONS, text.context(), text.tower().width());
            blocks(shapes, TEXT, text.tower());
            shapes.norm(TEXT + ".final_layer_norm", text.tower().width())
                    .add(TEXT_PROJECTION, config.embedding(), text.tower().width())
                    .add(LOGIT_SCALE);
        }
        return shapes.asMap();
    }

    /** Adds the tensors of the blocks of a tower. */
    static void blocks(Shapes shapes, String tower, TowerConfig sizes) {
        for (int i = 0; i < sizes.depth(); i++) {
            String prefix = block(tower, i);
            shapes.norm(prefix + ".layer_norm1", sizes.width());
            for (String word : QKV) {
                shapes.linear(prefix + ".self_attn." + word + "_proj", sizes.width(), sizes.width());
            }
            shapes.linear(prefix + ".self_attn.out_proj", sizes.width(), sizes.width())
                    .norm(prefix + ".layer_norm2", sizes.width())
                    .linear(prefix + ".mlp.fc1", sizes.hidden(), sizes.width())
                    .linear(prefix + ".mlp.fc2", sizes.width(), sizes.hidden());
        }
    }

    /**
     * Embeddings of images, before normalisation.
     *
     * @param images [n, channels, side, side], float32, normalised as in training
     * @return [n, embedding]
     */
    public NDArray imageFeatures(NDArray images) {
        return imageFeatures(images, 0);
    }

    /**
     * As {@link #imageFeatures(NDArray)}, in training.
     *
     * @param dropPath share of the examples that the last block leaves as they are, in [0, 1); 0 at the first block, rising evenly
     */
    NDArray imageFeatures(NDArray images, double dropPath) {
        return Scope.of(() -> {
            NDArray x = Scope.of(() -> imageTokens(images));
            int last = imageBlocks.size() - 1;
            for (int i = 0; i <= last; i++) {
                x = imageBlocks.get(i).forward(x, last == 0 ? 0 : dropPath * i / last);
            }
            NDArray first =
                    Ops.pickRows(x, x.getManager().zeros(new Shape(x.getShape().get(0)), DataType.INT64));
            return Ops.linear(
                    norm(IMAGE + ".post_layernorm", config.image().tower()).forward(first),
                    parameters.get(IMAGE_PROJECTION),
                    null);
        });
    }

    private NDArray imageTokens(NDArray images) {
        long n = images.getShape().get(0);
        TowerConfig sizes = config.image().tower();
        NDArray grid = Ops.convolution(
                images, parameters.get(PATCHES), null, config.image().patch());
        NDArray patches = grid.reshape(n, sizes.width(), -1).transpose(0, 2, 1);
        NDArray all = Ops.prependToken(patches, parameters.get(CLASS)).add(parameters.get(IMAGE_POSITIONS));
        return norm(IMAGE + ".pre_layrnorm", sizes).forward(all);
    }

    /**
     * Embeddings of texts, before normalisation.
     *
     * @param ids [n, tokens], int64; what follows the end of a text is not looked at
     * @return [n, embedding]
     * @throws IllegalStateException if the weights have no text tower
     */
    public NDArray textFeatures(NDArray ids) {
        ClipConfig.Text text = text();
        return Scope.of(() -> {
            NDArray x = Scope.of(() -> {
                NDArray positions =
                        parameters.get(TEXT_POSITIONS).get("0:" + ids.getShape().get(1));
                return Ops.embedding(ids, parameters.get(TOKENS)).add(positions);
            });
            for (TransformerBlock block : textBlocks) {
                x = block.forward(x);
            }
            NDArray last =
                    Ops.pickRows(norm(TEXT + ".final_layer_norm", text.tower()).forward(x), ends(ids, text));
            return Ops.linear(last, parameters.get(TEXT_PROJECTION), null);
        });
    }

    private ClipConfig.Text text() {
        ClipConfig.Text text = config.text();
        if (text == null) {
            throw new IllegalStateException(
                    "these CLIP weights have the image tower alone; take a file of the hub or of OpenAI for texts");
        }
        return text;
    }

    private static NDArray ends(NDArray ids, ClipConfig.Text text) {
        NDArray marked = text.endsAtLargest() ? ids : ids.eq(text.end()).toType(DataType.INT64, false);
        return marked.argMax(1);
    }

    private LayerNorm norm(String prefix, TowerConfig sizes) {
        return LayerNorm.of(parameters, prefix, sizes.eps());
    }

    /**
     * Cosine of each image with each text, times the exponential of the logit scale.
     *
     * @param imageFeatures [n, embedding]
     * @param textFeatures [m, embedding]
     * @return [n, m]
     */
    public NDArray logits(NDArray imageFeatures, NDArray textFeatures) {
        return Scope.of(() -> Ops.linear(Ops.l2Normalize(imageFeatures), Ops.l2Normalize(textFeatures), null)
                .mul(parameters.get(LOGIT_SCALE).exp()));
    }

    /**
     * Writes a folder that {@link #open} and transformers' {@code from_pretrained} read.
     *
     * @throws IOException if it cannot be written
     */
    public void save(Path folder) throws IOException {
        ModelFolder.write(folder, config.toJson(), parameters);
    }

    /** Sizes. */
    public ClipConfig config() {
        return config;
    }

    /** The parameters; live. */
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
