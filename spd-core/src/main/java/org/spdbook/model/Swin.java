package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.Adapter;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Mlp;
import org.spdbook.nn.ParameterFile;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;

/**
 * The Swin transformer (Liu et al., ICCV 2021) with its classifier, if it has one. Its tensors are named as in the files of the
 * Hugging Face hub, {@code SwinForImageClassification}. Images may have any size; grids that windows do not fill are padded with zeros. Owns its parameters.
 */
public final class Swin implements AutoCloseable {

    private static final String PATCHES = "swin.embeddings.patch_embeddings.projection";
    private static final String EMBEDDED = "swin.embeddings.norm";
    private static final String NORM = "swin.layernorm";
    private static final String CLASSIFIER = "classifier";
    /** Of files that hold such models. */
    public static final List<KeyMap> ORIGINS = List.of(KeyMap.hub(), transformers5(), original());

    private final SwinConfig config;
    private final Parameters parameters;
    private final NDArray positions;
    private final List<List<SwinBlock>> stages;
    private final @Nullable Linear classifier;

    /**
     * A model on its parameters.
     *
     * @param parameters named as in {@link #shapes}; the model closes them
     */
    public Swin(SwinConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        // once for all steps: what DJL makes of Java's values goes with its handle, and backward needs it after the
        // block has returned
        this.positions = Scope.keep(
                parameters.get(PATCHES + ".weight").getManager().create(SwinBlock.relativePositions(config.window())));
        this.stages = IntStream.range(0, config.stages()).mapToObj(this::stage).toList();
        this.classifier =
                parameters.asMap().containsKey(CLASSIFIER + ".weight") ? Linear.of(parameters, CLASSIFIER) : null;
    }

    /**
     * The model of a folder of the hub: {@code config.json} and its weights, with those of Microsoft and timm under their names too.
     *
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static Swin open(NDManager owner, Path folder) throws IOException {
        try (ModelFolder files = ModelFolder.open(folder)) {
            return of(owner, SwinConfig.of(files.config(), 0), files.weights());
        }
    }

    /**
     * The model of a file of the hub, old names or new, of Microsoft or timm; with a classifier if the file has one.
     *
     * @param sizes of the model; the number of classes is the file's
     * @throws IllegalArgumentException if the file is of another model
     */
    public static Swin of(NDManager owner, SwinConfig sizes, TensorFile file) {
        KeyMap map = ParameterFile.origin(
                file, List.copyOf(shapes(sizes.withClasses(0)).keySet()), ORIGINS);
        String classifier = map.source(CLASSIFIER + ".weight").key();
        int classes = file.has(classifier) ? (int) file.info(classifier).shape()[0] : 0;
        SwinConfig config = sizes.withClasses(classes);
        return new Swin(config, ParameterFile.read(owner, file, shapes(config), map));
    }

    static String block(int stage, int block) {
        return "swin.encoder.layers." + stage + ".blocks." + block;
    }

    private static String downsample(int stage) {
        return "swin.encoder.layers." + stage + ".downsample";
    }

    private List<SwinBlock> stage(int stage) {
        List<SwinBlock> blocks = new ArrayList<>();
        for (int i = 0; i < config.depths().get(stage); i++) {
            String prefix = block(stage, i);
            blocks.add(new SwinBlock(
                    norm(prefix + ".layernorm_before"),
                    Linear.of(parameters, prefix + ".attention.self.query"),
                    Linear.of(parameters, prefix + ".attention.self.key"),
                    Linear.of(parameters, prefix + ".attention.self.value"),
                    Linear.of(parameters, prefix + ".attention.output.dense"),
                    parameters.get(prefix + ".attention.self.relative_position_bias_table"),
                    positions,
                    norm(prefix + ".layernorm_after"),
                    new Mlp(
                            Linear.of(parameters, prefix + ".intermediate.dense"),
                            config.activation(),
                            Linear.of(parameters, prefix + ".output.dense")),
                    config.heads().get(stage),
                    i % 2 == 1 && config.shifts(stage),
                    config.dropPath(stage, i),
                    Adapter.in(parameters, prefix, Adapter.ATTENTION),
                    Adapter.in(parameters, prefix, Adapter.MLP)));
        }
        return blocks;
    }

    private LayerNorm norm(String prefix) {
        return LayerNorm.of(parameters, prefix, config.eps());
    }

    /** Names and shapes of all parameters, in the order of the forward pass. */
    public static Map<String, Shape> shapes(SwinConfig c) {
        Shapes shapes = backbone(c).norm(NORM, c.width(c.stages() - 1));
        if (c.classes() > 0) {
            shapes.linear(CLASSIFIER, c.classes(), c.width(c.stages() - 1));
        }
        return shapes.asMap();
    }

    /** Those that {@link #features} needs: without the last normalisation and the classifier. */
    public static Shapes backbone(SwinConfig c) {
        Shapes shapes = new Shapes()
                .add(PATCHES + ".weight", c.width(), c.channels(), c.patch(), c.patch())
                .add(PATCHES + ".bias", c.width())
                .norm(EMBEDDED, c.width());
        long positions = (2L * c.window() - 1) * (2L * c.window() - 1);
        for (int stage = 0; stage < c.stages(); stage++) {
            int width = c.width(stage);
            for (int i = 0; i < c.depths().get(stage); i++) {
                String prefix = block(stage, i);
                shapes.norm(prefix + ".layernorm_before", width)
                        .add(
                                prefix + ".attention.self.relative_position_bias_table",
                                positions,
                                c.heads().get(stage))
                        .linear(prefix + ".attention.self.query", width, width)
                        .linear(prefix + ".attention.self.key", width, width)
                        .linear(prefix + ".attention.self.value", width, width)
                        .linear(prefix + ".attention.output.dense", width, width)
                        .norm(prefix + ".layernorm_after", width)
                        .linear(prefix + ".intermediate.dense", c.hidden(stage), width)
                        .linear(prefix + ".output.dense", width, c.hidden(stage));
            }
            if (stage < c.stages() - 1) {
                shapes.norm(downsample(stage) + ".norm", 4L * width)
                        .add(downsample(stage) + ".reduction.weight", 2L * width, 4L * width);
            }
        }
        return shapes;
    }

    /** Names that transformers 5 gives the tensors in memory. */
    private static KeyMap transformers5() {
        return KeyMap.of("transformers 5")
                .rule("(.*\\.attention)\\.self\\.(relative_position_bias_table)", "$1.relative_position_bias.$2")
                .rule("(.*\\.attention)\\.self\\.(q|k|v)(?:uery|ey|alue)\\.(.*)", "$1.$2_proj.$3")
                .rule("(.*\\.attention)\\.output\\.dense\\.(.*)", "$1.o_proj.$2")
                .rule("(.*)\\.intermediate\\.dense\\.(.*)", "$1.mlp.fc1.$2")
                .rule("(.*)\\.output\\.dense\\.(.*)", "$1.mlp.fc2.$2");
    }

    /** Microsoft's files, whose names timm keeps. */
    private static KeyMap original() {
        String block = "swin\\.encoder\\.(layers\\.\\d+\\.blocks\\.\\d+)\\.";
        return KeyMap.of("Microsoft, timm")
                .rule(Pattern.quote(PATCHES) + "\\.(.*)", "patch_embed.proj.$1")
                .rule(Pattern.quote(EMBEDDED) + "\\.(.*)", "patch_embed.norm.$1")
                .rule(Pattern.quote(NORM) + "\\.(.*)", "norm.$1")
                .rule("classifier\\.(.*)", "head.$1")
                .rule("swin\\.encoder\\.(layers\\.\\d+\\.downsample\\..*)", "$1")
                .rule(block + "layernorm_before\\.(.*)", "$1.norm1.$2")
                .rule(block + "layernorm_after\\.(.*)", "$1.norm2.$2")
                .rule(block + "attention\\.self\\.(relative_position_bias_table)", "$1.attn.$2")
                .stacked(block + "attention\\.self\\.QKV\\.(.*)", List.of("query", "key", "value"), "$1.attn.qkv.$2")
                .rule(block + "attention\\.output\\.dense\\.(.*)", "$1.attn.proj.$2")
                .rule(block + "intermediate\\.dense\\.(.*)", "$1.mlp.fc1.$2")
                .rule(block + "output\\.dense\\.(.*)", "$1.mlp.fc2.$2");
    }

    /**
     * What the embedding and each stage make of images, after the patches of the stage are merged for the next one: the hidden
     * states of transformers, as grids.
     *
     * @param images [n, channels, h, w], float32, normalised as in training
     * @param training whether blocks are left out at random
     * @return [n, h', w', width] each, the embedding first
     */
    public List<NDArray> hidden(NDArray images, boolean training) {
        List<NDArray> hidden = new ArrayList<>(List.of(embedded(images)));
        for (int stage = 0; stage < stages.size(); stage++) {
            hidden.add(merged(stage, blocks(stage, hidden.get(stage), training)));
        }
        return hidden;
    }

    private NDArray embedded(NDArray images) {
        return Scope.of(() -> {
            int patch = config.patch();
            long bottom = Math.floorMod(-images.getShape().get(2), (long) patch);
            long right = Math.floorMod(-images.getShape().get(3), (long) patch);
            NDArray filled = bottom + right == 0
                    ? images
                    : Ops.padGrid(images.transpose(0, 2, 3, 1), bottom, right).transpose(0, 3, 1, 2);
            NDArray grid = Ops.convolution(
                    filled, parameters.get(PATCHES + ".weight"), parameters.get(PATCHES + ".bias"), patch);
            return norm(EMBEDDED).forward(grid.transpose(0, 2, 3, 1));
        });
    }

    private NDArray blocks(int stage, NDArray grid, boolean training) {
        NDArray x = grid;
        for (SwinBlock block : stages.get(stage)) {
            x = block.forward(x, training);
        }
        return x;
    }

    private NDArray merged(int stage, NDArray x) {
        if (stage == stages.size() - 1) {
            return x;
        }
        return Scope.of(() -> {
            long bottom = x.getShape().get(1) % 2;
            long right = x.getShape().get(2) % 2;
            NDArray even = bottom + right == 0 ? x : Ops.padGrid(x, bottom, right);
            NDArray normalised = norm(downsample(stage) + ".norm").forward(Ops.mergePatches(even));
            return Ops.full(Ops.linear(normalised, parameters.get(downsample(stage) + ".reduction.weight"), null));
        });
    }

    /**
     * The grids of all stages before patches are merged, for dense prediction. Without the normalisations that follow them there.
     *
     * @param images as in {@link #hidden}
     * @param training as there
     * @return [n, h', w', width] each
     */
    public List<NDArray> features(NDArray images, boolean training) {
        List<NDArray> features = new ArrayList<>();
        NDArray x = embedded(images);
        for (int stage = 0; stage < stages.size(); stage++) {
            NDArray grid = blocks(stage, x, training);
            features.add(grid);
            x = merged(stage, grid);
        }
        return features;
    }

    /**
     * Class scores of images.
     *
     * @param images as in {@link #hidden}
     * @param training as there
     * @return [n, classes]
     * @throws IllegalStateException if the weights have no classifier
     */
    public NDArray logits(NDArray images, boolean training) {
        Linear head = classifier;
        if (head == null) {
            throw new IllegalStateException("these Swin weights have no classifier; take a file that has one");
        }
        return Scope.of(() -> {
            List<NDArray> hidden = hidden(images, training);
            NDArray last = norm(NORM).forward(hidden.get(hidden.size() - 1));
            NDArray tokens = last.reshape(last.getShape().get(0), -1, config.width(config.stages() - 1));
            return head.forward(tokens.mean(new int[] {1}));
        });
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
    public SwinConfig config() {
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
